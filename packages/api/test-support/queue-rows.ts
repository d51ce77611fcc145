import { column, rowsOf, run } from "@secondlook/db/database";
import { closeRound, openRound } from "@secondlook/db/decisions/store-decision";
import { requireActiveLease } from "@secondlook/db/queue/lease";
import type { TestApp } from "@secondlook/testkit/api/test-app";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { z } from "zod";

const time = column.instant.transform((at) => at.getTime());
const roundRow = z
  .object({
    case_id: z.string(),
    round: z.string(),
    state: z.string(),
    holder: z.string().nullable(),
    lease_kind: z.string().nullable(),
    fence: z.int(),
    claimable_at: time,
    hard_until: time.nullable(),
  })
  .transform(({ case_id, lease_kind, claimable_at, hard_until, ...row }) => ({
    ...row,
    caseId: case_id,
    kind: lease_kind,
    claimableAt: claimable_at,
    hardUntil: hard_until,
  }));

/** Rounds of these cases as the database has them; times in epoch milliseconds. */
export async function storedRounds(
  app: TestApp,
  caseIds: readonly string[],
): Promise<readonly z.output<typeof roundRow>[]> {
  return rowsOf(
    drizzle(app.superuser),
    roundRow,
    sql`select case_id, round, state, holder, lease_kind, fence::int, claimable_at, hard_until from app.round
        where case_id in (${sql.join(
          caseIds.map((id) => sql`${id}`),
          sql`, `,
        )})`,
  );
}

/** Stops both clocks at this moment; nobody is signed out by it. */
export async function setClock(app: TestApp, now: number): Promise<void> {
  await app.clock.stopAt(new Date(now));
  await app.superuser.query(
    "update app.session set last_seen_at = app.now(), expires_at = app.now() + interval '1 day'",
  );
}

/**
 * Ends a round through the functions that a decision goes through, without the rest of one; after a
 * first round a second opens. False where the lease is lost.
 */
export async function decideRound(
  app: TestApp,
  by: {
    readonly caseId: string;
    readonly fence: number;
    readonly staffId: string;
    readonly nextFrom: Date;
  },
): Promise<boolean> {
  return app.deps.db.transaction(async (tx) => {
    const held = await requireActiveLease(tx, by);
    if (held === undefined || !(await closeRound(tx, held))) return false;
    await run(
      tx,
      sql`insert into app.involvement (case_id, staff_id, cycle, round, how)
          values (${held.caseId}, ${by.staffId}, ${held.cycle}, ${held.round}, 'decided') on conflict do nothing`,
    );
    if (held.round === "first") {
      await openRound(tx, {
        after: held,
        cycle: held.cycle,
        round: "second",
        claimableAt: by.nextFrom,
      });
    }
    return true;
  });
}

/** Gives a round another priority, or opens it again after it was decided, as an undo does. */
export async function reorderRound(
  app: TestApp,
  of: {
    readonly caseId: string;
    readonly round: string;
    readonly priority: number;
    readonly isReopened: boolean;
  },
): Promise<void> {
  if (of.isReopened) {
    await app.superuser.query("delete from app.round where case_id = $1 and state = 'open'", [
      of.caseId,
    ]);
    await app.superuser.query(
      "update app.round set state = 'open', claimable_at = app.now() where case_id = $1 and round = $2",
      [of.caseId, of.round],
    );
  } else {
    for (const table of [
      "app.round set priority = $2 where case_id",
      "app.review_case set priority = $2 where id",
    ]) {
      await app.superuser.query(`update ${table} = $1`, [of.caseId, of.priority]);
    }
  }
}

interface Mark {
  readonly staffId: string;
  readonly caseId: string;
  readonly round: string;
}

/** Notes a part that a person had in a case. */
export async function involve(app: TestApp, mark: Mark & { readonly how: string }): Promise<void> {
  await app.superuser.query(
    "insert into app.involvement (case_id, staff_id, cycle, round, how) values ($1, $2, 1, $3, $4) on conflict do nothing",
    [mark.caseId, mark.staffId, mark.round, mark.how],
  );
}

/** Notes that a person looked at the candidates of a round. */
export async function lookAt(app: TestApp, mark: Mark): Promise<void> {
  await app.superuser.query(
    `insert into app.viewing (case_id, cycle, round, staff_id, candidate_id, first_opened_at)
     select case_id, cycle, $3, $2, candidate_id, app.now() from app.shown_candidate where case_id = $1
     on conflict do nothing`,
    [mark.caseId, mark.staffId, mark.round],
  );
}

import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import { ROUNDS } from "@secondlook/domain/cases/stage";
import { passFor, type ReleaseReason, SNOOZE_DAYS } from "@secondlook/domain/queue/lease";
import { column, type Database, idColumn, rowOf, run } from "../database.ts";
import { keptRowsOf } from "../kept-statement.ts";
import type { LeaseClaim } from "./lease.ts";

const endedRow = z
  .object({
    case_id: idColumn("case"),
    cycle: z.int(),
    round: z.enum(ROUNDS),
    fence: column.count,
    subject_id: idColumn("subject"),
    ran_out: z.boolean(),
    claimable_at: column.instant,
  })
  .transform((row) => ({
    caseId: row.case_id,
    cycle: row.cycle,
    round: row.round,
    fence: row.fence,
    probeSubjectId: row.subject_id,
    /** It had run out before it was ended. */
    ranOut: row.ran_out,
    /** From when on others may claim the round. */
    claimableAt: row.claimable_at,
  }));

/** A lease that is over. */
export type EndedLease = z.output<typeof endedRow>;

/** Ends the leases on the rounds that `which` names, over `r`; others may claim them from `from` on. */
function endLeasesWhere(which: SQL, from: SQL): SQL {
  return sql`with ended as materialized (
      select r.case_id, r.cycle, r.round, r.fence, r.claimable_at <= app.now() as ran_out
      from app.round r where r.state = 'open' and ${which} for no key update)
    update app.round r
    set holder = null, lease_kind = null, opened_at = null, hard_until = null, claimable_at = ${from}
    from ended e join app.review_case c on c.id = e.case_id join app.verification v on v.id = c.probe_id
    where r.case_id = e.case_id and r.cycle = e.cycle and r.round = e.round
    returning r.case_id, r.cycle, r.round, r.fence, v.subject_id, e.ran_out, r.claimable_at`;
}

/**
 * Gives a lease back, for a reason. A snoozed case waits until then (at most a week); one that was
 * passed on does not come back to this person for a while; with a conflict of interest never.
 * Undefined means that the lease was lost already: nothing is changed.
 */
export async function releaseRound(
  tx: Database,
  by: LeaseClaim & { readonly reason: ReleaseReason; readonly until: Date | null },
): Promise<EndedLease | undefined> {
  const until = by.reason === "snooze" ? by.until : null;
  const from =
    until === null
      ? sql`app.now()`
      : sql`least(greatest(${until.toISOString()}::timestamptz, app.now()), app.now() + make_interval(days => ${SNOOZE_DAYS}))`;
  const ended = await rowOf(
    tx,
    endedRow,
    endLeasesWhere(
      sql`r.case_id = ${by.caseId} and r.holder = ${by.staffId} and r.fence = ${by.fence} and r.claimable_at > app.now()`,
      from,
    ),
  );
  if (ended === undefined) return undefined;
  if (by.reason === "conflict_of_interest") {
    await run(
      tx,
      sql`insert into app.involvement (case_id, staff_id, cycle, round, how)
          values (${by.caseId}, ${by.staffId}, ${ended.cycle}, 'any', 'conflict') on conflict do nothing`,
    );
  }
  const pass = passFor(by.reason);
  if (pass !== undefined) {
    const passUntil =
      pass.minutes === null
        ? sql`'infinity'::timestamptz`
        : sql`app.now() + make_interval(mins => ${pass.minutes})`;
    await run(
      tx,
      sql`insert into app.skip (case_id, staff_id, reason, until)
          values (${by.caseId}, ${by.staffId}, ${by.reason}, ${passUntil})
          on conflict (case_id, staff_id) do update set reason = excluded.reason, until = greatest(skip.until, excluded.until)`,
    );
  }
  return ended;
}

/**
 * Ends a person's leases at once: on pause, sign-out, loss of role (`all`), or only the reserved one,
 * or only what has run out, which frees their hands for a new claim. `but` is a case left alone,
 * `on` the only case meant.
 */
export async function endLeases(
  tx: Database,
  of: {
    readonly staffId: string;
    readonly which: "all" | "reserved" | "ran_out";
    readonly on?: string;
    readonly but?: string;
  },
): Promise<readonly EndedLease[]> {
  const only = (value: string | undefined) => sql`${value ?? null}::text`;
  return keptRowsOf(
    tx,
    "end_leases",
    endedRow,
    endLeasesWhere(
      sql`r.holder = ${of.staffId}
        and (${of.which} <> 'reserved' or r.lease_kind = 'reserved')
        and (${of.which} <> 'ran_out' or r.claimable_at <= app.now())
        and (${only(of.on)} is null or r.case_id = ${only(of.on)})
        and (${only(of.but)} is null or r.case_id <> ${only(of.but)})`,
      sql`app.now()`,
    ),
  );
}

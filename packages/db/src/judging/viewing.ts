import { sql, type SQL } from "drizzle-orm";
import { z } from "zod";
import { column, type Database, rowOf, rowsOf, run } from "../database.ts";
import type { HeldRound } from "../queue/lease.ts";

/** One person's look at one candidate, in a round that they hold. */
export interface View {
  readonly held: Pick<HeldRound, "caseId" | "cycle" | "round">;
  readonly staffId: string;
  readonly candidateId: string;
}

/**
 * Milliseconds that a running view adds, over `w` (viewing) and `r` (its round). It counts only since
 * this lease was opened, and never past its end: a view that a closed tab left running counts for
 * nothing.
 */
const RUNNING = sql`case when w.running_since >= r.opened_at and r.holder = w.staff_id and r.lease_kind = 'active'
  then greatest(0, extract(epoch from least(app.now(), r.claimable_at) - w.running_since) * 1000)::bigint
  else 0 end`;

const WITH_ROUND = sql`from app.round r where r.case_id = w.case_id and r.cycle = w.cycle and r.round = w.round`;

/** Ends whatever this person is looking at, and keeps how long it was. */
export async function stopViewing(tx: Database, staffId: string): Promise<void> {
  await stop(tx, staffId, sql`true`);
}

/**
 * Starts the count for this candidate and stops that of any other; one that runs goes on running.
 *
 * @returns milliseconds so far; undefined where the cycle does not show this candidate.
 */
export async function startViewing(tx: Database, view: View): Promise<number | undefined> {
  const { caseId, cycle, round } = view.held;
  await stop(
    tx,
    view.staffId,
    sql`not ((w.case_id, w.cycle, w.round, w.candidate_id) = (${caseId}, ${cycle}, ${round}, ${view.candidateId})
             and w.running_since >= r.opened_at)`,
  );
  await run(
    tx,
    sql`insert into app.viewing as w (case_id, cycle, round, staff_id, candidate_id, first_opened_at, running_since)
        select s.case_id, s.cycle, ${round}, ${view.staffId}, s.candidate_id, clock.now, clock.now
        from app.shown_candidate s cross join (select app.now() as now) as clock
        where s.case_id = ${caseId} and s.cycle = ${cycle} and s.candidate_id = ${view.candidateId}
        on conflict (case_id, cycle, round, staff_id, candidate_id)
        do update set running_since = coalesce(w.running_since, excluded.running_since)`,
  );
  return viewedMs(tx, view);
}

/** How long this person looked at this candidate in this round; undefined where they never did. */
export async function viewedMs(db: Database, view: View): Promise<number | undefined> {
  const { caseId, cycle, round } = view.held;
  const row = await rowOf(
    db,
    z.object({ viewed_ms: column.count }),
    sql`select w.viewed_ms + coalesce(${RUNNING}, 0) as viewed_ms
        from app.viewing w
        join app.round r on r.case_id = w.case_id and r.cycle = w.cycle and r.round = w.round
        where w.case_id = ${caseId} and w.cycle = ${cycle} and w.round = ${round}
          and w.staff_id = ${view.staffId} and w.candidate_id = ${view.candidateId}`,
  );
  return row?.viewed_ms;
}

/** How long this person looked at each candidate in this round, by candidate. */
export async function viewedByCandidate(
  db: Database,
  { held, staffId }: Omit<View, "candidateId">,
): Promise<ReadonlyMap<string, number>> {
  const rows = await rowsOf(
    db,
    z.object({ candidate_id: z.string(), viewed_ms: column.count }),
    sql`select w.candidate_id, w.viewed_ms + coalesce(${RUNNING}, 0) as viewed_ms
        from app.viewing w
        join app.round r on r.case_id = w.case_id and r.cycle = w.cycle and r.round = w.round
        where w.case_id = ${held.caseId} and w.cycle = ${held.cycle} and w.round = ${held.round}
          and w.staff_id = ${staffId}`,
  );
  return new Map(rows.map((row) => [row.candidate_id, row.viewed_ms]));
}

async function stop(tx: Database, staffId: string, which: SQL): Promise<void> {
  await run(
    tx,
    sql`update app.viewing w set viewed_ms = w.viewed_ms + coalesce(${RUNNING}, 0), running_since = null
        ${WITH_ROUND} and w.staff_id = ${staffId} and w.running_since is not null and ${which}`,
  );
}

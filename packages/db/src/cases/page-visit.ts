import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Database, rowOf, run, textArray } from "../database.ts";

/** Whose visit of which case's page. */
export interface PageVisit {
  readonly caseId: string;
  readonly staffId: string;
}

/**
 * Whether a person is in the middle of judging a case: they hold a live lease of it, or have sealed
 * a rating in the cycle that is open. Call `lockClaimer` first, so that no lease begins meanwhile.
 */
export async function isJudging(tx: Database, by: PageVisit): Promise<boolean> {
  const row = await rowOf(
    tx,
    z.object({ judging: z.boolean() }),
    sql`select exists (
          select from app.round r where r.case_id = ${by.caseId} and r.holder = ${by.staffId}
            and r.state = 'open' and r.claimable_at > app.now())
        or exists (
          select from app.rating g join app.review_case c on c.id = g.case_id and c.cycle = g.cycle
          where g.case_id = ${by.caseId} and g.staff_id = ${by.staffId}
            and (c.stage in ('first', 'second', 'adjudication', 'awaiting_capture')
                 or coalesce(c.settles_at > app.now(), false))) as judging`,
  );
  return row?.judging ?? false;
}

/** Remembers that a person opened a case's page, so that no round of it is ever given to them. */
export async function recordPageVisit(tx: Database, by: PageVisit): Promise<void> {
  await recordPageVisits(tx, { caseIds: [by.caseId], staffId: by.staffId });
}

/** The same of several cases, as where the log tells what others did with them. */
export async function recordPageVisits(
  tx: Database,
  by: { readonly caseIds: readonly string[]; readonly staffId: string },
): Promise<void> {
  if (by.caseIds.length === 0) return;
  await run(
    tx,
    sql`insert into app.involvement (case_id, staff_id, cycle, round, how)
        select c.id, ${by.staffId}, c.cycle, 'any', 'case_page' from app.review_case c
        where c.id = any(${textArray([...new Set(by.caseIds)])}) order by c.id
        on conflict do nothing`,
  );
}

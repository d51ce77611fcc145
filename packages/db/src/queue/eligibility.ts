import { sql, type SQL } from "drizzle-orm";
import type { ReviewerScope } from "@secondlook/domain/queue/routing";
import { textArray } from "../database.ts";

/**
 * The rule of `routesTo` in SQL, over a row with columns region, languages and skills: which routes
 * reach a reviewer. A test holds the two against each other.
 */
export function routeFits(route: SQL, scope: ReviewerScope): SQL {
  const { regions, languages } = scope;
  const regionFits =
    regions === null
      ? sql`true`
      : sql`(${route}.region = any(${textArray(regions)}) or split_part(${route}.region, '-', 1) = any(${textArray(regions)}))`;
  const languageFits =
    languages === null
      ? sql`true`
      : sql`(${route}.languages = '{}' or ${route}.languages && ${textArray(languages)})`;
  return sql`${regionFits} and ${languageFits} and ${route}.skills <@ ${textArray(scope.skills)}`;
}

/**
 * That a person had no part in another round of this round's case: never a round of a case in which
 * one has sealed, decided, had the score revealed, opened the page, or knows somebody. Their own
 * round they may resume.
 *
 * `offset 0` keeps the planner from turning the probe into a join over all rows; so below as well.
 */
export function notInvolved(round: SQL, staffId: SQL): SQL {
  return sql`not exists (
    select 1 from app.involvement i where i.case_id = ${round}.case_id and i.staff_id = ${staffId}
      and (i.cycle, i.round) <> (${round}.cycle, ${round}.round) offset 0)`;
}

/** That a person has not passed this case on lately. */
export function notSkipped(round: SQL, staffId: SQL, now: SQL): SQL {
  return sql`not exists (
    select 1 from app.skip k where k.case_id = ${round}.case_id and k.staff_id = ${staffId} and k.until > ${now} offset 0)`;
}

import { sql, type SQL } from "drizzle-orm";
import { can, STAFF_ROLES } from "@secondlook/domain/access/roles";
import { STAGE_RANK } from "@secondlook/domain/cases/stage";
import type { ReviewerScope } from "@secondlook/domain/queue/routing";
import { textList } from "../kept-statement.ts";

/** A reviewer's scope as SQL: parameters, or columns of the table of staff. */
export interface ScopeColumns {
  readonly regions: SQL;
  readonly languages: SQL;
  readonly skills: SQL;
}

/** A scope that is known as parameters. */
export function scopeOf(scope: ReviewerScope): ScopeColumns {
  return {
    regions: textList(scope.regions),
    languages: textList(scope.languages),
    skills: textList(scope.skills),
  };
}

/** Whether a row with columns region, languages and skills is routed to this scope. */
export function routeFits(route: SQL, scope: ScopeColumns): SQL {
  return sql`app.route_fits(${route}.region, ${route}.languages, ${route}.skills,
    ${scope.regions}, ${scope.languages}, ${scope.skills})`;
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

/** That a person's having passed this case on does not keep it from them any more at `now`. */
export function notSkipped(round: SQL, staffId: SQL, now: SQL): SQL {
  return sql`not exists (
    select 1 from app.skip k where k.case_id = ${round}.case_id and k.staff_id = ${staffId} and k.until > ${now} offset 0)`;
}

const RANKS = [STAGE_RANK.adjudication, STAGE_RANK.second, STAGE_RANK.first] as const;

/** Whether a role may work rounds of this rank. */
function mayWork(role: (typeof STAFF_ROLES)[number], rank: number): boolean {
  return can(role, rank === STAGE_RANK.adjudication ? "case.adjudicate" : "queue.claim").allowed;
}

/** The stage ranks that this role may work, the most urgent first. */
export function ranksOf(role: (typeof STAFF_ROLES)[number]): readonly number[] {
  return RANKS.filter((rank) => mayWork(role, rank));
}

/** Rows `(rank, role)`: which role may work which rank. */
export function rankRoles(): SQL {
  return sql.join(
    RANKS.flatMap((rank) =>
      STAFF_ROLES.filter((role) => mayWork(role, rank)).map(
        (role) => sql`(${rank}::smallint, ${role}::text)`,
      ),
    ),
    sql`, `,
  );
}

/**
 * That the holder of this round may still work it: their account is open, and their role is one for
 * rounds of this rank. A role that was lost ends nothing by itself, so it is asked at every use.
 */
export function holderMayWork(round: SQL): SQL {
  return sql`exists (
    select 1 from app.staff p where p.id = ${round}.holder and p.disabled_at is null
      and (${round}.stage_rank, p.role) in (${rankRoles()}))`;
}

import { sql, type SQL } from "drizzle-orm";
import type { Claimer } from "./claimer.ts";
import { notInvolved, routeFits, scopeOf } from "./eligibility.ts";

/**
 * Rounds as the leads see them, over `clock`: the open ones, from the moment of the decision before
 * them, and those decided last while that can be undone. Else a case would leave the list for as long
 * as its undo takes and come back, which tells of a further round.
 */
export const LISTED = sql`
  select r.*, r.waiting_since > clock.now as undoable from app.round r cross join clock where r.state = 'open'
  union all
  select r.*, true from clock cross join app.decision d
    join app.round r on r.case_id = d.case_id and r.cycle = d.cycle and r.round = d.round and r.state = 'decided'
    where d.undone_at is null and d.settled_at is null and d.undo_until > clock.now
      and not exists (select from app.round o where o.case_id = d.case_id and o.state = 'open')`;

/**
 * Joins `j.may_judge`: that the asker may still judge the case of the round `r` on the route `t`.
 */
export function judgeable(asker: Claimer): SQL {
  return sql`cross join lateral (
    select ${routeFits(sql`t`, scopeOf(asker))} and ${notInvolved(sql`r`, sql`${asker.id}`)} as may_judge) j`;
}

/**
 * Since when a case waits, as the asker is told: over the listed round `r`, its case `c` and `j`. Of a
 * case that they may still judge it is since it came in, for when a later round began to wait tells
 * that there is one; so it is as long as a decision can be undone.
 */
export const TOLD_SINCE = sql`case when r.undoable or j.may_judge then c.received_at else r.waiting_since end`;

/** That the case `c` is of this region or, for a country, of one of its subdivisions. */
export function ofRegion(region: string | null): SQL {
  return region === null
    ? sql`true`
    : sql`(c.region = ${region} or split_part(c.region, '-', 1) = ${region})`;
}

/**
 * That nothing of the case `c` has to be kept from the asker: they can't be given a round of it any
 * more, for it is out of their scope, they had a part in a round that is over or opened its page, or
 * the case is over. Whoever has begun the open round itself has not been shown anything yet.
 */
export function nothingToHide(asker: Claimer): SQL {
  return sql`(not ${routeFits(sql`c`, scopeOf(asker))}
    or exists (
      select from app.involvement i where i.case_id = c.id and i.staff_id = ${asker.id}
        and not exists (
          select from app.round o where o.case_id = c.id and o.state = 'open'
            and (o.cycle, o.round) = (i.cycle, i.round)))
    or (c.stage in ('settled', 'withdrawn', 'lapsed') and coalesce(c.settles_at <= app.now(), true)))`;
}

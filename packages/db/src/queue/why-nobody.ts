import { sql } from "drizzle-orm";
import { z } from "zod";
import { column, type Database, idColumn, rowsOf, textArray } from "../database.ts";
import { rankRoles } from "./eligibility.ts";

const whyRow = z
  .object({
    case_id: idColumn("case"),
    languages: z.array(z.string()),
    skills: z.array(z.string()),
    region_covered: z.boolean(),
    languages_covered: z.boolean(),
    skills_covered: z.boolean(),
    fitting: column.count,
    judged: column.count,
    opened_page: column.count,
    conflict: column.count,
    passed: column.count,
  })
  .transform((row) => ({
    caseId: row.case_id,
    languages: row.languages,
    skills: row.skills,
    cover: {
      region: row.region_covered,
      languages: row.languages_covered,
      skills: row.skills_covered,
      /** People of the right role who fit in everything. */
      fitting: row.fitting,
    },
    /** What keeps the case from those who fit, each of them counted once; a page opened takes in a look at the machine's view. */
    kept: {
      conflict: row.conflict,
      judged: row.judged,
      openedPage: row.opened_page,
      passed: row.passed,
    },
  }));

/** For cases whose open round nobody may take: what of their route is covered, and by whom. */
export async function whyNobodyOf(
  db: Database,
  caseIds: readonly string[],
): Promise<readonly z.output<typeof whyRow>[]> {
  return rowsOf(
    db,
    whyRow,
    sql`select r.case_id, t.languages, t.skills,
               coalesce(bool_or(f.region), false) as region_covered,
               coalesce(bool_or(f.languages), false) as languages_covered,
               coalesce(bool_or(f.skills), false) as skills_covered,
               count(*) filter (where f.whole) as fitting,
               count(*) filter (where f.whole and i.conflict) as conflict,
               count(*) filter (where f.whole and i.judged and not i.conflict) as judged,
               count(*) filter (where f.whole and not i.judged and not i.conflict) as opened_page,
               count(*) filter (where f.whole and i.conflict is null and g.passed) as passed
        from app.round r join app.route t on t.id = r.route_id
        left join (values ${rankRoles()}) as k (rank, role) on k.rank = r.stage_rank
        left join app.staff p on p.role = k.role and p.disabled_at is null
        cross join lateral (
          select app.route_fits(t.region, '{}', '{}', p.regions, null, '{}') as region,
                 app.route_fits(t.region, t.languages, '{}', null, p.languages, '{}') as languages,
                 app.route_fits(t.region, '{}', t.skills, null, null, p.skills) as skills,
                 app.route_fits(t.region, t.languages, t.skills, p.regions, p.languages, p.skills) as whole
          where p.id is not null
          union all select false, false, false, false where p.id is null) f
        cross join lateral (
          select bool_or(i.how = 'conflict') as conflict,
                 bool_or(i.how in ('sealed', 'revealed', 'decided', 'escalated')) as judged
          from app.involvement i where i.case_id = r.case_id and i.staff_id = p.id
            and (i.cycle, i.round) <> (r.cycle, r.round)) i
        cross join lateral (
          select exists (select from app.skip s where s.case_id = r.case_id and s.staff_id = p.id
                           and s.until > '99999-01-01'::timestamptz) as passed) g
        where r.state = 'open' and r.case_id = any(${textArray(caseIds)})
        group by r.case_id, t.languages, t.skills`,
  );
}

import { type Database, run } from "@secondlook/db/database";
import type { Id } from "@secondlook/domain/ids";
import { sql } from "drizzle-orm";

import { seedCase } from "./seed-case.ts";

/**
 * Fills the queue with many first rounds that wait, by a few statements: cases `cas_<prefix><n>`
 * from 1, all of one account and each with a candidate and a matcher run of its own, over `routes`
 * regions, one after the other in due time. The claim pins them.
 */
export async function seedQueue(
  db: Database,
  of: {
    readonly source: Id<"source">;
    readonly cases: number;
    readonly prefix?: string;
    /** How many routes the cases are spread over; 1 if nothing else is said. */
    readonly routes?: number;
  },
): Promise<void> {
  const { source, cases, prefix = "", routes = 1 } = of;
  const model = await seedCase(db, { source });
  const other = model.candidates[0];
  if (other === undefined) throw new Error("the model case has no candidate");
  const caseId = sql`'cas_' || ${prefix} || n`;
  const numbers = sql`generate_series(1, ${cases}::int) n`;
  await run(
    db,
    sql`insert into app.route (region, languages, skills)
        select 'X' || chr(65 + n / 676 % 26) || '-' || chr(65 + n / 26 % 26) || chr(65 + n % 26), '{}', '{}'
        from generate_series(0, ${routes}::int - 1) n on conflict do nothing`,
  );
  const region = sql`'X' || chr(65 + n % ${routes}::int / 676 % 26) || '-' || chr(65 + n % ${routes}::int / 26 % 26) || chr(65 + n % ${routes}::int % 26)`;
  await run(
    db,
    sql`insert into app.review_case (id, source_id, external_id, probe_id, region, priority, flagged_at, due_at, stage, body_hash, body_pointers)
        select ${caseId}, ${source}, ${prefix} || n, ${model.probeVerificationId}, ${region}, 2, now(),
               now() + n * interval '1 s', 'first', '\\x00', '\\x00'
        from ${numbers}`,
  );
  await run(
    db,
    sql`insert into app.round (case_id, cycle, round, route_id, stage_rank, priority, due_at, claimable_at, waiting_since)
        select c.id, 1, 'first', t.id, 2, c.priority, c.due_at, c.received_at, c.received_at
        from app.review_case c join app.route t on t.region = c.region and t.languages = '{}' and t.skills = '{}'
        where c.id in (select ${caseId} from ${numbers})`,
  );
  await run(
    db,
    sql`insert into app.subject (id, source_id, external_id, wrapped_key, key_id)
        select 'sub_' || ${prefix} || n, ${source}, ${prefix} || '-other-' || n, s.wrapped_key, s.key_id
        from ${numbers}, app.subject s where s.id = ${other.subjectId}`,
  );
  await run(
    db,
    sql`insert into sealed.matcher_run (id, case_id, cycle, provider, model_version, gallery, searched_at, score_scale, threshold, recommendation)
        select 'run_' || ${prefix} || n, ${caseId}, 1, provider, model_version, gallery, searched_at, score_scale, threshold, recommendation
        from ${numbers}, sealed.matcher_run where case_id = ${model.caseId}`,
  );
  await run(
    db,
    sql`insert into app.candidate (id, case_id, verification_id, subject_id, run_id)
        select 'cnd_' || ${prefix} || n, ${caseId}, ${other.verificationId}, 'sub_' || ${prefix} || n, 'run_' || ${prefix} || n
        from ${numbers}`,
  );
  await run(
    db,
    sql`insert into sealed.score (candidate_id, run_id, similarity, rank)
        select 'cnd_' || ${prefix} || n, 'run_' || ${prefix} || n, 97, 1 from ${numbers}`,
  );
  await run(db, sql`update app.round set state = 'closed' where case_id = ${model.caseId}`);
}

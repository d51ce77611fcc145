import type { Id } from "@secondlook/domain/ids";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Database, idColumn, rowsOf } from "../database.ts";
import type { FigureFilter } from "./figure-source.ts";

/** What figures of these dates can be filtered by, whatever they are filtered by now; by whole months. */
export async function filterOptions(
  db: Database,
  { from, to }: Pick<FigureFilter, "from" | "to">,
): Promise<{
  regions: string[];
  models: { provider: string; version: string }[];
  policies: number[];
  reviewers: Id<"actor">[];
}> {
  const months = sql`t.grain = 'month' and t.start between date_trunc('month', ${from}::date)::date and ${to}::date`;
  const models = await rowsOf(
    db,
    z.object({ provider: z.string(), version: z.string() }),
    sql`select distinct t.provider, t.model_version as version from insights.by_machine t where ${months} order by 1, 2`,
  );
  const policies = await rowsOf(
    db,
    z.object({ policy: z.int() }),
    sql`select distinct t.policy_version as policy from insights.by_machine t where ${months} order by 1`,
  );
  const people = await rowsOf(
    db,
    z.object({ staff_id: idColumn("actor"), region: z.string() }),
    sql`select distinct t.staff_id, t.region from insights.by_reviewer t where ${months} order by 1, 2`,
  );
  return {
    regions: [...new Set(people.map(({ region }) => region))].toSorted(),
    models: [...models],
    policies: policies.map(({ policy }) => policy),
    reviewers: [...new Set(people.map(({ staff_id }) => staff_id))],
  };
}

import { sql } from "drizzle-orm";
import { z } from "zod";
import { policySchema } from "@secondlook/domain/policy/policy";
import { type Database, rowOf } from "../database.ts";

const policyRow = z.object({ version: z.int(), document: policySchema });

export type PolicyVersion = z.output<typeof policyRow>;

/** The newest policy in force. Throws where there is none: the start puts version 1 there. */
export async function currentPolicy(db: Database): Promise<PolicyVersion> {
  const found = await rowOf(
    db,
    policyRow,
    sql`select version, document from app.policy where starts_at <= app.now() order by version desc limit 1`,
  );
  if (found === undefined) throw new Error("no policy is in force");
  return found;
}

/** One policy version, as pinned by a case. */
export async function policyVersion(
  db: Database,
  version: number,
): Promise<PolicyVersion | undefined> {
  return rowOf(
    db,
    policyRow,
    sql`select version, document from app.policy where version = ${version}`,
  );
}

import { run, type Database } from "@secondlook/db/database";
import { addStaff, type NewStaff } from "@secondlook/db/staff/add-staff";
import { type Id, newId, type RandomBytes, systemRandom } from "@secondlook/domain/ids";
import type { PolicyDocument } from "@secondlook/domain/policy/policy";
import { POLICY_V1 } from "@secondlook/domain/policy/policy-v1";
import { sql } from "drizzle-orm";

/** An upstream source; its name is its id. */
export async function seedSource(
  db: Database,
  random: RandomBytes = systemRandom,
): Promise<Id<"source">> {
  const id = newId("source", random);
  await run(db, sql`insert into app.source (id, name) values (${id}, ${id})`);
  return id;
}

/** A policy in force since long ago; version 1 and its document, if nothing else is said. A version
 * that exists stays as it is. */
export async function seedPolicy(
  db: Database,
  policy: { readonly version?: number; readonly document?: PolicyDocument } = {},
): Promise<number> {
  const { version = 1, document = POLICY_V1 } = policy;
  await run(
    db,
    sql`insert into app.policy (version, document, author, approver, starts_at)
        values (${version}, ${JSON.stringify(document)}::jsonb, 'test-author', 'test-approver', '2000-01-01')
        on conflict (version) do nothing`,
  );
  return version;
}

/** A member of staff: a reviewer for every region and language, if nothing else is said. */
export async function seedStaff(
  db: Database,
  staff: Partial<NewStaff> = {},
  random: RandomBytes = systemRandom,
): Promise<NewStaff> {
  const id = staff.id ?? newId("actor", random);
  const whole: NewStaff = {
    handle: id,
    displayName: `Person ${id.slice(-4)}`,
    role: "reviewer",
    regions: null,
    languages: null,
    skills: [],
    ...staff,
    id,
  };
  await addStaff(db, whole);
  return whole;
}

import type { PGlite } from "@electric-sql/pglite";
import { createRecorder } from "@secondlook/api/recorder";
import { migrate, type Migration } from "@secondlook/db/migrate";
import { addIngestKey, ensureSource } from "@secondlook/db/ingest/keys";
import { addStaff, type NewStaff } from "@secondlook/db/staff/add-staff";
import { newId } from "@secondlook/domain/ids";
import { type PolicyDocument, policySchema } from "@secondlook/domain/policy/policy";
import type { Backend } from "./backend.ts";
import { JOB_TABLE } from "./jobs.ts";
import { createSmallPglite } from "./small-pglite.ts";

/** The ingest key of mock mode; it opens nothing but a page's own memory. */
export const INGEST_KEY = "mock-mode-key-of-nobody-else";
/** Under which source the demo's cases come in. */
export const SOURCE = "demo";

/** An empty PGlite at the current schema, with this policy in force from the instant on. */
export async function install(
  migrations: readonly Migration[],
  policy: PolicyDocument,
  from: Date,
): Promise<PGlite> {
  const pglite = await createSmallPglite();
  // PGlite takes several statements at once by `exec` only.
  await migrate(
    {
      async query(text, values) {
        if (values !== undefined) return pglite.query(text, values);
        return (await pglite.exec(text)).at(-1) ?? { rows: [] };
      },
    },
    migrations,
  );
  await pglite.exec(JOB_TABLE);
  await pglite.query(
    "insert into app.policy (version, document, author, approver, starts_at) values (1, $1::jsonb, 'secondlook', 'installation', $2::timestamptz)",
    [JSON.stringify(policySchema.parse(policy)), from.toISOString()],
  );
  return pglite;
}

/** Adds accounts, and a source with a key to send cases. */
export async function addPeople(
  { deps }: Backend,
  staff: readonly Omit<NewStaff, "id">[],
): Promise<void> {
  const recorder = createRecorder(deps, { id: "sys_operator", role: "operator" });
  for (const person of staff) {
    const id = newId("actor", deps.random);
    await recorder.transaction(async (tx, record) => {
      await addStaff(tx, { id, ...person });
      await record({
        kind: "people.add",
        outcome: "allowed",
        user: id,
        role: person.role,
        reason: "demo",
      });
    });
  }
  const hash = await deps.vault.keyedHash("ingest_key", INGEST_KEY);
  await recorder.transaction(async (tx, record) => {
    const sourceId = await ensureSource(tx, { id: newId("source", deps.random), name: SOURCE });
    const keyId = newId("key", deps.random);
    await addIngestKey(tx, { id: keyId, sourceId, label: SOURCE, hash });
    await record({ kind: "key.create", outcome: "allowed", key: keyId, source: sourceId });
  });
}

import { POLICY_V1 } from "@secondlook/domain/policy/policy-v1";
import { policySchema } from "@secondlook/domain/policy/policy";
import { addStaff } from "@secondlook/db/staff/add-staff";
import { type DemoPerson, demoStaff } from "@secondlook/demo/staff";
import { newId, systemRandom } from "@secondlook/domain/ids";
import type { Deps } from "@secondlook/api/deps";
import { createRecorder } from "@secondlook/api/recorder";
import type pg from "pg";

/** Puts policy version 1 in force where no policy is; only the owner may write policies. */
export async function ensurePolicy(owner: pg.Client): Promise<void> {
  await owner.query(
    `insert into app.policy (version, document, author, approver, starts_at)
     select 1, $1::jsonb, 'secondlook', 'installation', now() where not exists (select 1 from app.policy)
     on conflict do nothing`,
    [JSON.stringify(policySchema.parse(POLICY_V1))],
  );
}

/** Adds those of the demo's accounts that are missing, each with its event. */
export async function ensureDemoStaff(
  deps: Deps,
  people: readonly DemoPerson[] = demoStaff,
): Promise<void> {
  const recorder = createRecorder(deps, { id: "sys_operator", role: "operator" });
  for (const person of people) {
    const id = newId("actor", systemRandom);
    await recorder.transaction(async (tx, record) => {
      if (!(await addStaff(tx, { id, ...person }))) return;
      await record({
        kind: "people.add",
        outcome: "allowed",
        user: id,
        role: person.role,
        reason: "demo",
      });
    });
  }
}

import { POLICY_V1 } from "@secondlook/domain/policy/policy-v1";
import { policySchema } from "@secondlook/domain/policy/policy";
import { addStaff, type NewStaff } from "@secondlook/db/staff/add-staff";
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

type DemoPerson = Omit<NewStaff, "id">;

const everywhere = { regions: null, languages: null, skills: [] };

/** The demo's accounts (DESIGN section 11). */
const DEMO_STAFF: readonly DemoPerson[] = [
  { handle: "reviewer-1", displayName: "Rosa Reviewer", role: "reviewer", ...everywhere },
  { handle: "reviewer-2", displayName: "Ravi Reviewer", role: "reviewer", ...everywhere },
  { handle: "reviewer-3", displayName: "Rin Reviewer", role: "reviewer", ...everywhere },
  {
    handle: "reviewer-4",
    displayName: "Reem Reviewer",
    role: "reviewer",
    regions: ["AE", "DE"],
    languages: ["ar", "de"],
    skills: [],
  },
  { handle: "senior-1", displayName: "Sam Senior", role: "senior", ...everywhere },
  { handle: "lead-1", displayName: "Lena Lead", role: "lead", ...everywhere },
  { handle: "lead-2", displayName: "Luis Lead", role: "lead", ...everywhere },
  { handle: "auditor-1", displayName: "Ada Auditor", role: "auditor", ...everywhere },
  { handle: "auditor-2", displayName: "Amir Auditor", role: "auditor", ...everywhere },
  { handle: "privacy-1", displayName: "Priya Privacy", role: "privacy", ...everywhere },
  { handle: "admin-1", displayName: "Anna Admin", role: "admin", ...everywhere },
  { handle: "admin-2", displayName: "Akio Admin", role: "admin", ...everywhere },
];

/** Adds the demo's accounts that are missing, each with its event. */
export async function ensureDemoStaff(deps: Deps): Promise<void> {
  const recorder = createRecorder(deps, { id: "sys_operator", role: "operator" });
  for (const person of DEMO_STAFF) {
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

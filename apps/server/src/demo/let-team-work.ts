import type { Deps } from "@secondlook/api/deps";
import { endLeasesOf } from "@secondlook/api/queue/end-leases";
import { createRecorder } from "@secondlook/api/recorder";
import { disableStaff } from "@secondlook/db/staff/disable-staff";
import type { CasePlan } from "@secondlook/demo/plan";
import { type DemoPerson, workingTeam } from "@secondlook/demo/staff";
import { ensureDemoStaff } from "../database/seed.ts";
import { type App, openDesk } from "./desk.ts";
import { workCases } from "./work-cases.ts";

/** After the last decision an undo window passes before its second round can be claimed. */
const patienceSeconds = 25;

/**
 * Lets the demo's team work the given cases: real sessions, leases, seals and decisions at the time
 * at which they happen, so the log tells nothing that did not take place (docs/decisions/0009). Then
 * its accounts are closed. Colleagues and visitors are not kept from the same cases.
 */
export async function letTeamWork(options: {
  readonly app: App;
  readonly deps: Deps;
  readonly say: (line: string) => void;
  readonly plans: ReadonlyMap<string, CasePlan>;
  readonly signal: AbortSignal;
}): Promise<void> {
  const { app, deps, plans, signal, say } = options;
  await ensureDemoStaff(deps, workingTeam);
  const work = async ({ handle, role }: DemoPerson): Promise<number> => {
    const desk = await openDesk(app, handle);
    // Closed by an earlier start that was stopped in between; what it left waits for everybody.
    if (desk === undefined) return 0;
    return workCases({ desk, handle, lead: role === "lead", plans, signal, patienceSeconds });
  };
  try {
    let decisions = 0;
    // Leads come last: whoever judged a case before can't adjudicate it.
    for (const leads of [false, true]) {
      const people = workingTeam.filter(({ role }) => (role === "lead") === leads);
      const results = await Promise.allSettled(people.map(work));
      for (const result of results) {
        if (result.status === "rejected") throw result.reason;
        decisions += result.value;
      }
    }
    say(`The demo's team in France has made ${decisions} decisions, to look at under Cases.`);
  } finally {
    const recorder = createRecorder(deps, { id: "sys_operator", role: "operator" });
    for (const { handle } of workingTeam) {
      await recorder.transaction(async (tx, record) => {
        const id = await disableStaff(tx, handle);
        if (id === undefined) return;
        await endLeasesOf(tx, record, { staffId: id, reason: "account_closed" });
        await record({ kind: "people.disable", outcome: "allowed", user: id });
      });
    }
  }
}

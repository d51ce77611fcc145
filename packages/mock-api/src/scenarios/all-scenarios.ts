import { evidenceScenarios } from "./evidence-scenarios.ts";
import { historyScenarios } from "./history-scenarios.ts";
import { judgingScenarios } from "./judging-scenarios.ts";
import { queueScenarios } from "./queue-scenarios.ts";
import type { Scenario } from "./scenario.ts";
import { troubleScenarios } from "./trouble-scenarios.ts";

/** Every named state, in the order of the panel. */
export const SCENARIOS = {
  ...queueScenarios,
  ...judgingScenarios,
  ...evidenceScenarios,
  ...historyScenarios,
  ...troubleScenarios,
};

export type ScenarioName = keyof typeof SCENARIOS;

/** The states as a list of headings, for whoever chooses among them. */
export const SCENARIO_GROUPS: readonly {
  readonly title: string;
  readonly names: readonly ScenarioName[];
}[] = [
  { title: "Queue and leases", names: namesOf(queueScenarios) },
  { title: "Judging and rounds", names: namesOf(judgingScenarios) },
  { title: "Evidence", names: namesOf(evidenceScenarios) },
  { title: "Cases and figures", names: namesOf(historyScenarios) },
  { title: "Trouble", names: namesOf(troubleScenarios) },
];

/** Whether a name of an address is one of a scenario. */
export function isScenario(name: string | null): name is ScenarioName {
  return name !== null && Object.hasOwn(SCENARIOS, name);
}

export const scenarioOf = (name: ScenarioName): Scenario => SCENARIOS[name];

function namesOf(group: Readonly<Record<string, Scenario>>): readonly ScenarioName[] {
  return Object.keys(group).filter(isScenario);
}

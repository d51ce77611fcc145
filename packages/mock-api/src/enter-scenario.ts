import { type ScenarioName, scenarioOf } from "./scenarios/all-scenarios.ts";
import type { World } from "./world.ts";

/** Brings a world into a scenario and signs its person in; gives back where to look at it. */
export async function enterScenario(
  world: World,
  options: { readonly scenario: ScenarioName; readonly as: string | undefined },
): Promise<string> {
  const scenario = scenarioOf(options.scenario);
  const path = (await scenario.prepare?.(world)) ?? scenario.path;
  await world.signIn(options.as ?? scenario.as);
  return path;
}

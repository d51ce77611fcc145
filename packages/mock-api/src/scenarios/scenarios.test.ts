import { expect, test } from "vitest";
import { folderSource } from "../node/folder-source.ts";
import { testedData } from "../node/tested-data.ts";
import { requestFor } from "../procedures.ts";
import { openWorld } from "../world.ts";
import { enterScenario } from "../enter-scenario.ts";
import { isScenario, SCENARIOS } from "./all-scenarios.ts";

const names = Object.keys(SCENARIOS).filter(isScenario);

test.for(names)("the scenario “%s” can be made", async (scenario) => {
  const faults: unknown[] = [];
  const source = folderSource(testedData());
  await using world = await openWorld({
    source,
    seed: 1,
    onFault: (message, cause) => faults.push(message, cause),
  });
  const path = await enterScenario(world, { scenario, as: undefined });
  expect(path).toMatch(/^\//);
  const me = await world.fetch(requestFor("session.me", undefined, {}));
  expect(me.status).toBe(200);
  expect(faults).toEqual([]);
});

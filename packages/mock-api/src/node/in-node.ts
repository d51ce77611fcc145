import { setupServer } from "msw/node";
import { enterScenario } from "../enter-scenario.ts";
import { mockHandler } from "../handler.ts";
import { folderSource } from "./folder-source.ts";
import type { ScenarioName } from "../scenarios/all-scenarios.ts";
import { openWorld, type World } from "../world.ts";

/** The world that a test's `fetch` reaches. */
export interface NodeWorld extends AsyncDisposable {
  readonly world: World;
  /** Where the scenario is to be looked at. */
  readonly path: string;
}

/** As `startInPage`, for tests: the same handler answers the `fetch` of this process. */
export async function startInNode(options: {
  /** Where the data lies. */
  readonly folder: string;
  readonly scenario: ScenarioName;
  readonly as?: string | undefined;
  readonly onFault: (message: string, cause: unknown) => void;
}): Promise<NodeWorld> {
  const { folder, scenario, as, onFault } = options;
  const world = await openWorld({ source: folderSource(folder), seed: 1, onFault });
  const path = await enterScenario(world, { scenario, as });
  const server = setupServer(mockHandler(world));
  server.listen();
  return {
    world,
    path,
    async [Symbol.asyncDispose]() {
      server.close();
      await world[Symbol.asyncDispose]();
    },
  };
}

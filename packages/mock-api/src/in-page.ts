import { listAccounts } from "@secondlook/db/staff/sign-in";
import { setupWorker } from "msw/browser";
import { mockHandler } from "./handler.ts";
import { DATA_ADDRESS, type DataSource } from "./mock-data.ts";
import { enterScenario } from "./enter-scenario.ts";
import type { ScenarioName } from "./scenarios/all-scenarios.ts";
import { openWorld, type World } from "./world.ts";

/** The world of this page, in a state, and where that state is to be looked at. */
export interface PageWorld {
  readonly world: World;
  readonly path: string;
  /** Everybody one may sign in as. */
  readonly accounts: readonly string[];
}

/** Opens the data in this page, makes the state, and from then on answers the page's requests. */
export async function startInPage(options: {
  readonly scenario: ScenarioName;
  readonly seed: number;
  /** Undefined takes the scenario's own. */
  readonly as: string | undefined;
}): Promise<PageWorld> {
  const world = await openWorld({
    source: servedData,
    seed: options.seed,
    // oxlint-disable-next-line no-console -- the browser's console is where a developer looks
    onFault: (message, cause) => console.error(message, cause),
  });
  const path = await enterScenario(world, options);
  await setupWorker(mockHandler(world)).start({ quiet: true });
  const accounts = await listAccounts(world.backend.deps.db);
  return { world, path, accounts: accounts.map(({ handle }) => handle) };
}

const servedData: DataSource = {
  async read(path) {
    const response = await fetch(DATA_ADDRESS + path);
    return response.ok ? new Uint8Array(await response.arrayBuffer()) : undefined;
  },
};

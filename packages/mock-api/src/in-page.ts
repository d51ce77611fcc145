import type { PolicySettings } from "@secondlook/domain/policy/policy";
import { rowsOf } from "@secondlook/db/database";
import { listAccounts } from "@secondlook/db/staff/sign-in";
import { sql } from "drizzle-orm";
import { setupWorker } from "msw/browser";
import { z } from "zod";
import { mockHandler } from "./handler.ts";
import { INGEST_KEY } from "./install.ts";
import { requestFor } from "./procedures.ts";
import { endLease } from "./scenarios/acts.ts";
import { DATA_ADDRESS, type DataSource, PGLITE_ADDRESS } from "./mock-data.ts";
import { enterScenario } from "./enter-scenario.ts";
import type { ScenarioName } from "./scenarios/all-scenarios.ts";
import { fetchPgliteParts } from "./pglite-parts.ts";
import { openWorld, type World } from "./world.ts";

/** The world of this page, in a state, and where that state is to be looked at. */
export interface PageWorld {
  readonly world: World;
  readonly path: string;
  /** Everybody one may sign in as. */
  readonly accounts: readonly string[];
  readonly handle: PageHandle;
}

/** What others would bring about, for the browser's console and for tests that drive the page. */
export interface PageHandle {
  sendCase(body: object, files: Readonly<Record<string, string>>): Promise<string>;
  changePolicy(change: Partial<PolicySettings>): Promise<void>;
  /** Lets the lease on the case that an account works on end now. */
  endLease(handle: string): Promise<void>;
  /** Ends the session and its leases without a new page, which would start the state again. */
  signOut(): Promise<void>;
  /** `GET /v1/cases/<id>`, as upstream reads it. */
  readCase(caseId: string): Promise<unknown>;
  /** What the database holds, read as its superuser. */
  rows(statement: string): Promise<readonly Record<string, unknown>[]>;
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
    parts: fetchPgliteParts(PGLITE_ADDRESS),
    seed: options.seed,
    // oxlint-disable-next-line no-console -- the browser's console is where a developer looks
    onFault: (message, cause) => console.error(message, cause),
  });
  const path = await enterScenario(world, options);
  await setupWorker(mockHandler(world)).start({ quiet: true });
  const accounts = await listAccounts(world.backend.deps.db);
  return {
    world,
    path,
    accounts: accounts.map(({ handle }) => handle),
    handle: handleOf(world),
  };
}

function handleOf(world: World): PageHandle {
  return {
    sendCase: (body, files) => world.sendCase(body, files),
    changePolicy: (change) => world.changePolicy(change),
    endLease: (handle) => endLease(world, handle),
    async signOut() {
      await world.fetch(requestFor("session.signOut", undefined, {}));
    },
    async readCase(caseId) {
      const headers = { authorization: `Bearer ${INGEST_KEY}` };
      const request = new Request(`http://mock.invalid/v1/cases/${caseId}`, { headers });
      const answer: unknown = await (await world.fetch(request)).json();
      return answer;
    },
    rows: (statement) =>
      rowsOf(world.backend.superuser, z.record(z.string(), z.unknown()), sql.raw(statement)),
  };
}

const servedData: DataSource = {
  async read(path) {
    const response = await fetch(DATA_ADDRESS + path);
    return response.ok ? new Uint8Array(await response.arrayBuffer()) : undefined;
  },
};

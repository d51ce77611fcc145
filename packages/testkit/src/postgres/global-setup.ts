import type { TestProject } from "vitest/node";

import { startOwnServer } from "./own-server.ts";

/** Vitest's global set-up: one Postgres for the run, gone with it. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startOwnServer();
  project.provide("testServer", server.connection);
  return async () => {
    await server[Symbol.asyncDispose]();
  };
}

import { createTestApp } from "@secondlook/testkit/api/test-app";
import type { ContractTarget } from "./contract-target.ts";

/** The API over real Postgres, as the server composes it. */
export async function openPostgresTarget(): Promise<ContractTarget> {
  const test = await createTestApp();
  return {
    nobody: test.nobody,
    app: test.deps.db,
    reader: test.deps.reader,
    signIn: (handle) => test.signIn(handle),
    sendCase: (body, files, key) => test.sendCase(body, files, key),
    pass: (seconds) => test.clock.pass({ seconds }),
    kinds: async () => (await test.events()).map(({ kind }) => kind),
    withoutLog: (work) => test.withoutLog(work),
    [Symbol.asyncDispose]: () => test[Symbol.asyncDispose](),
  };
}

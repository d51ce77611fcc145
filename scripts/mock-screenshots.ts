import { run } from "./lib/run.ts";

/** `pnpm mock:screenshots`: every state of mock mode, dark and light, into `.mock/screenshots`. */
process.exitCode = (await run("node", ["e2e/mock-screenshots.ts"], { show: true })).code;

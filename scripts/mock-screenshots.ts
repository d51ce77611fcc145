import { run } from "./lib/run.ts";

/** `pnpm mock:screenshots [state…]`: every state, or these, of mock mode, dark and light, into `.mock/screenshots`. */
process.exitCode = (
  await run("node", ["e2e/mock-screenshots.ts", ...process.argv.slice(2)], { show: true })
).code;

import { runTogether } from "./lib/run-together.ts";

/**
 * `pnpm dev`: the server, started anew whenever its source changes, and Vite's server for the
 * console, which passes calls on to it. Arguments go to the server. Ctrl-C stops both.
 */
const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());

process.exitCode = await runTogether(
  [
    ["node", "--watch", "apps/server/src/cli.ts", "start", "--dev", ...process.argv.slice(2)],
    ["vite", "apps/console"],
  ],
  stop.signal,
);

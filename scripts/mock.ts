import { runTogether } from "./lib/run-together.ts";

/**
 * `pnpm mock`: the console alone on http://127.0.0.1:4500 (`PORT`), with the real API in the page. No
 * server, no database; the data is made when it is missing. Ctrl-C stops it.
 */
const stop = new AbortController();
for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => stop.abort());

process.exitCode = await runTogether(
  [
    [
      "vite",
      "apps/console",
      "--config",
      "apps/console/vite.mock.config.ts",
      ...process.argv.slice(2),
    ],
  ],
  stop.signal,
);

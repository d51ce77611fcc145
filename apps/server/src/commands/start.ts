import { readConfig } from "../config/config.ts";
import { runServer } from "../run-server.ts";

const PARENT_CHECK_MS = 500;

/** `secondlook start`: runs until it is told to stop, or until whoever started it is gone. */
export async function start(say: (line: string) => void): Promise<number> {
  const config = readConfig(process.env);
  const told = untilTold();
  const server = await runServer(config, say);
  const reason = await Promise.race([told.promise, server.broken.then(() => "broken" as const)]);
  if (reason === "broken") say("The database ended by itself; stopping.");
  else say("Stopping: answering what is under way …");
  await server.stop();
  told.end();
  if (reason !== "broken") say("Stopped.");
  return reason === "broken" ? 1 : 0;
}

/**
 * Resolves at Ctrl-C or SIGTERM, or when the starting process has vanished, so that nothing is left
 * behind a package manager that was killed. A second Ctrl-C ends at once; Postgres recovers by itself.
 */
function untilTold(): { readonly promise: Promise<"told">; end(): void } {
  const parent = process.ppid;
  let stopping = false;
  let tell: (reason: "told") => void = () => undefined;
  const promise = new Promise<"told">((resolve) => {
    tell = resolve;
  });
  const onSignal = (signal: NodeJS.Signals): void => {
    if (stopping && signal === "SIGINT") process.exit(130);
    stopping = true;
    tell("told");
  };
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"] as const) process.on(signal, onSignal);
  const watch = setInterval(() => {
    if (process.ppid !== parent) onSignal("SIGTERM");
  }, PARENT_CHECK_MS);
  watch.unref();
  return { promise, end: () => clearInterval(watch) };
}

import { readConfig } from "../config/config.ts";
import { collectLess } from "../lifecycle/collect-less.ts";
import { describeFault } from "../lifecycle/describe-fault.ts";
import { createStopSwitch, StoppedError, type StopReason } from "../lifecycle/stop-switch.ts";
import { runServer, type RunOptions } from "../run-server.ts";

/** Longer than draining, the log's end and Postgres's own shutdown take together. */
const STOP_LIMIT_MS = 60_000;

/**
 * `secondlook start`: runs until it is told to stop, or until whoever started it is gone.
 *
 * @returns the exit code: 0 where it was told to stop, 1 where something broke.
 */
export async function start(
  say: (line: string) => void,
  parts: Pick<RunOptions, "console"> = {},
): Promise<number> {
  collectLess();
  const stopSwitch = createStopSwitch();
  try {
    const { signal, stopped } = stopSwitch;
    const server = await runServer(readConfig(process.env), { ...parts, say, signal });
    const reason = await Promise.race([stopped, server.broken]);
    if (typeof reason === "string") say("The database ended by itself; stopping.");
    else if (reason.kind === "told") say("Stopping: answering what is under way …");
    else say(describeFault(reason.error));
    const late = setTimeout(() => {
      say("Stopping took too long and was cut short; the next start recovers.");
      process.exit(1);
    }, STOP_LIMIT_MS);
    await server.stop();
    clearTimeout(late);
    return typeof reason === "string" ? 1 : said(reason);
  } catch (error) {
    if (!(error instanceof StoppedError)) throw error;
    if (error.reason.kind === "fault") say(describeFault(error.reason.error));
    return said(error.reason);
  } finally {
    stopSwitch.end();
  }

  function said(reason: StopReason): number {
    if (reason.kind === "fault") return 1;
    say("Stopped.");
    return 0;
  }
}

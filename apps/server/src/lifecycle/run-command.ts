import { StopError } from "../config/stop-error.ts";
import { describeFault } from "./describe-fault.ts";

/** One line on standard error, so that standard output stays for what a command gives. */
export function say(line: string): void {
  process.stderr.write(`${line}\n`);
}

/**
 * Runs a command and ends the process with its exit code. Whatever goes wrong is told, as a sentence
 * where there is one for it, and ends with code 1.
 */
export async function runCommand(work: () => Promise<number>): Promise<void> {
  // A closed terminal or pipe: nobody is left to tell, and what is under way still ends in order.
  for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
  // What a callback throws in a command; the running server has a listener of its own, which drains.
  process.on("uncaughtException", (error) => {
    if (process.listenerCount("uncaughtException") === 1) process.exit(fail(error));
  });
  process.exit(await work().catch(fail));
}

function fail(error: unknown): number {
  say(error instanceof StopError ? error.message : describeFault(error));
  return 1;
}

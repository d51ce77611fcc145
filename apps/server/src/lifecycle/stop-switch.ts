import { launchersOf, launcherWatch, readAncestors } from "./launchers.ts";

const WATCH_MS = 500;

/** Why a server stops: somebody asked for it, or something broke. */
export type StopReason =
  | { readonly kind: "told" }
  | { readonly kind: "fault"; readonly error: unknown };

/** Thrown out of a start that was stopped before it was done. */
export class StoppedError extends Error {
  override readonly name = "StoppedError";
  readonly reason: StopReason;

  constructor(reason: StopReason) {
    super("the start was stopped");
    this.reason = reason;
  }
}

/** Aborted, with a StoppedError, at the first reason to stop. */
export interface StopSwitch {
  readonly signal: AbortSignal;
  /** Resolves at the first reason to stop. */
  readonly stopped: Promise<StopReason>;
  /** Takes the listeners away again. */
  end(): void;
}

/**
 * Hears Ctrl-C, SIGTERM, a closed terminal, a launcher that has vanished (so that nothing is left
 * behind a package manager that was killed), and faults that nobody caught. A second Ctrl-C ends the
 * process at once; Postgres recovers at the next start.
 */
export function createStopSwitch(): StopSwitch {
  const controller = new AbortController();
  let resolve: (reason: StopReason) => void = () => undefined;
  const stopped = new Promise<StopReason>((done) => {
    resolve = done;
  });
  const stop = (reason: StopReason): void => {
    if (controller.signal.aborted) return;
    controller.abort(new StoppedError(reason));
    resolve(reason);
  };

  const onSignal = (signal: NodeJS.Signals): void => {
    if (controller.signal.aborted && signal === "SIGINT") process.exit(130);
    stop({ kind: "told" });
  };
  const onFault = (error: unknown): void => stop({ kind: "fault", error });
  const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;
  for (const signal of signals) process.on(signal, onSignal);
  process.on("uncaughtException", onFault);

  const launcherIsGone = launcherWatch(launchersOf(readAncestors()));
  const watch = setInterval(() => {
    if (launcherIsGone()) stop({ kind: "told" });
  }, WATCH_MS);
  watch.unref();
  return {
    signal: controller.signal,
    stopped,
    end() {
      clearInterval(watch);
      for (const signal of signals) process.off(signal, onSignal);
      process.off("uncaughtException", onFault);
    },
  };
}

const TICK_MS = 100;
const LONGEST_MS = 5_000;

/** Runs passes one after the other until it is stopped. */
export interface Ticker {
  start(): void;
  /** Resolves when the pass under way has ended. */
  stop(): Promise<void>;
}

/**
 * A pass every 100 ms, if nothing else is said; at once where the last one left something over; twice as late each time while
 * another process is at it or passes fail, up to 5 s.
 */
export function createTicker(
  pass: () => Promise<{ readonly state: string; readonly more: boolean }>,
  onError: (error: unknown) => void,
  tickMs: number = TICK_MS,
): Ticker {
  let running: Promise<void> | undefined;
  let stopped = false;
  let wake: () => void = () => undefined;

  async function loop(): Promise<void> {
    let wait = tickMs;
    while (!stopped) {
      try {
        const { state, more } = await pass();
        wait = state === "standby" ? Math.min(wait * 2, LONGEST_MS) : tickMs;
        if (more) continue;
      } catch (error) {
        onError(error);
        wait = Math.min(wait * 2, LONGEST_MS);
      }
      await pause(wait);
    }
  }

  function pause(ms: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(resolve, ms);
      wake = () => {
        clearTimeout(timer);
        resolve();
      };
      if (stopped) wake();
    });
  }

  return {
    start() {
      stopped = false;
      running ??= loop();
    },
    async stop() {
      stopped = true;
      wake();
      await running;
      running = undefined;
    },
  };
}

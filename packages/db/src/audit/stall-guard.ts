import type { LogStatus } from "./log-status.ts";

/** Says whether new sensitive reads may be answered (AUDIT-LOG section 2.13). */
export interface StallGuard {
  mayRead(): Promise<boolean>;
}

export interface StallGuardOptions {
  readonly status: { read(): Promise<LogStatus> };
  readonly clock: () => Date;
  /** How old the oldest event without a position may be. */
  readonly stalledAfterSeconds: number;
  /** For how long a reading of the log's state is taken as it is. */
  readonly refreshSeconds?: number;
  readonly onError?: (error: unknown) => void;
}

/**
 * Closed while the log's sequencer stands still: what is read then would be recorded, but under no
 * signed head. Closed as well where nobody has known for that long how the log stands. It opens by
 * itself; one reading serves all callers for two seconds.
 */
export function createStallGuard(options: StallGuardOptions): StallGuard {
  const { status, clock, stalledAfterSeconds, refreshSeconds = 2, onError } = options;
  let known: { readonly at: number; readonly waiting: number } | undefined;
  let reading: Promise<void> | undefined;

  async function refresh(): Promise<void> {
    const at = clock().getTime();
    try {
      const { oldestUnsequencedSeconds } = await status.read();
      known = { at, waiting: oldestUnsequencedSeconds };
    } catch (error) {
      onError?.(error);
    } finally {
      reading = undefined;
    }
  }

  const ageSeconds = (at: number): number => (clock().getTime() - at) / 1000;
  return {
    async mayRead() {
      if (known === undefined || ageSeconds(known.at) >= refreshSeconds) {
        reading ??= refresh();
        await reading;
      }
      if (known === undefined) return false;
      const age = ageSeconds(known.at);
      return age <= stalledAfterSeconds && known.waiting <= stalledAfterSeconds;
    },
  };
}

import { createTicker, type Ticker } from "../audit/ticker.ts";
import type { Database } from "../database.ts";
import { insightsProgress } from "./live-figures.ts";
import { rebuildInsights, rollInsights } from "./roll.ts";

/** Figures are about this much behind; many decisions a pass cost less than many passes. */
const TICK_MS = 3_000;

/**
 * Keeps the rollups. Many servers may run one: a row's lock makes one of them work. The first pass builds
 * the figures where there are none yet, and anew where the time zone has changed.
 */
export function createRoller(options: {
  readonly db: Database;
  readonly timeZone: string;
  readonly onError: (error: unknown) => void;
  readonly onRebuilt?: (decisions: number) => void;
}): Ticker {
  const { db, timeZone, onError } = options;
  let built = false;
  return createTicker(
    async () => {
      if (!built) {
        if ((await insightsProgress(db)).timeZone !== timeZone) {
          options.onRebuilt?.(await rebuildInsights(db, timeZone));
        }
        built = true;
      }
      return rollInsights(db);
    },
    onError,
    TICK_MS,
  );
}

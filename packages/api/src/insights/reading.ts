import type { EventBody } from "@secondlook/audit/event";
import type { Database } from "@secondlook/db/database";
import type { FigureFilter } from "@secondlook/db/insights/figure-source";
import { type InsightsProgress, insightsProgress } from "@secondlook/db/insights/live-figures";
import {
  DEFINITIONS,
  type Definition,
  type DefinitionKey,
} from "@secondlook/domain/insights/definitions";
import { addDays, reportingDay } from "@secondlook/domain/insights/reporting-day";
import type { Id } from "@secondlook/domain/ids";
import { sql } from "drizzle-orm";
import { run } from "@secondlook/db/database";
import { Refusal } from "../core/refusal.ts";
import { sqlState } from "../core/sql-state.ts";
import type { FilterInput } from "../schemas/insights.ts";

/** How many days are shown where no dates are asked for. */
const DEFAULT_DAYS = 28;
/** SQLSTATE of a statement that ran out of its time. */
const TIMED_OUT = "57014";

/** The answer's head: over what the figures are. */
export interface About {
  readonly timeZone: string;
  readonly from: string;
  readonly to: string;
  readonly asOf: string;
  readonly currentTo: string | null;
}

/**
 * Reads figures in one snapshot, so that those of a page go together, and gives up after ten seconds.
 * Throws Refusal `conflict` before the first build.
 */
export async function readFigures<T>(
  db: Database,
  read: (tx: Database, progress: InsightsProgress) => Promise<T>,
): Promise<T> {
  try {
    return await db.transaction(
      async (tx) => {
        await run(tx, sql`set local statement_timeout = '10s'`);
        await run(tx, sql`set local jit = off`);
        const progress = await insightsProgress(tx);
        if (progress.timeZone === "") {
          throw new Refusal(
            "conflict",
            "The figures are being built for the first time; come back in a few minutes.",
          );
        }
        return await read(tx, progress);
      },
      { isolationLevel: "repeatable read", accessMode: "read only" },
    );
  } catch (error) {
    if (sqlState(error) !== TIMED_OUT) throw error;
    throw new Refusal(
      "invalid_input",
      "This would take too long to add up; choose fewer days or fewer filters.",
      { cause: error },
    );
  }
}

/** The filter with its dates filled in, and what the answer says of itself. */
export function resolve(
  input: Omit<FilterInput, "from" | "to"> & Pick<FilterInput, "from" | "to">,
  progress: InsightsProgress,
  now: Date,
): { readonly filter: FigureFilter; readonly about: About } {
  const to = input.to ?? reportingDay(now, progress.timeZone);
  const from = input.from ?? addDays(to, 1 - DEFAULT_DAYS);
  const { region, model, policy, reviewer } = input;
  return {
    filter: { from, to, region, model, policy, reviewer },
    about: {
      timeZone: progress.timeZone,
      from,
      to,
      asOf: now.toISOString(),
      currentTo: progress.currentTo?.toISOString() ?? null,
    },
  };
}

/** A filter of dates alone, or of one person's. */
export function ownFilter(
  dates: Pick<FilterInput, "from" | "to">,
  reviewer: Id<"actor"> | null,
): FilterInput {
  return { from: dates.from, to: dates.to, region: null, model: null, policy: null, reviewer };
}

/** The event of a question about figures: what was asked and by which filters, never what for. */
export function queryEvent(
  asked: string,
  filter: Partial<Record<"region" | "model" | "policy" | "reviewer", unknown>>,
  more: { readonly user?: Id<"actor">; readonly method?: string } = {},
): EventBody<"insights.query"> {
  const by = (["region", "model", "policy", "reviewer"] as const).filter(
    (name) => (filter[name] ?? null) !== null,
  );
  return {
    kind: "insights.query",
    outcome: "allowed",
    fields: [asked, ...by.map((name) => `by.${name}`)],
    ...more,
  };
}

/** The definitions of these figures, for the answer that shows them. */
export function define(keys: readonly DefinitionKey[]): Partial<Record<DefinitionKey, Definition>> {
  return Object.fromEntries(keys.map((key) => [key, DEFINITIONS[key]]));
}

import { DEFAULT_EFFECTS, type Effect } from "@secondlook/demo/history-effects";
import { reviewersFor } from "@secondlook/demo/make-history";
import { whyNotPlantable } from "@secondlook/demo/history-plantable";
import { drizzle } from "drizzle-orm/node-postgres";
import { readFile } from "node:fs/promises";
import { z } from "zod";
import { compose } from "../compose.ts";
import { readConfig } from "../config/config.ts";
import { StopError } from "../config/stop-error.ts";
import { attachDatabase } from "../database/open-database.ts";
import { withClient } from "../database/with-client.ts";
import { makeDemoHistory } from "../demo/make-history.ts";
import { createProgressBar } from "../ingest/progress-bar.ts";
import { createOperationalLog } from "../logging/operational-log.ts";
import { openExistingSecrets } from "../start-parts.ts";

const MOST = 10_000_000;
const FEWEST = 1_000;
const share = z.number().min(0).max(1);
const factor = z.number().min(0.1).max(10);

const effectsSchema = z.strictObject({
  effects: z.array(
    z.discriminatedUnion("kind", [
      z.strictObject({ kind: z.literal("follows_machine"), reviewer: z.int().min(0), share }),
      z.strictObject({
        kind: z.literal("over_matches"),
        provider: z.string().min(1),
        modelVersion: z.string().min(1),
        region: z.string().min(2),
        share,
      }),
      z.strictObject({ kind: z.literal("weekday_peak"), weekday: z.int().min(0).max(6), factor }),
      z.strictObject({ kind: z.literal("slow_week"), weeksAgo: z.int().min(1).max(51), factor }),
    ]),
  ),
});

/** Options of `demo history`, as they stand on the command line. */
export interface DemoHistoryOptions {
  readonly decisions: string;
  readonly seed: string;
  readonly effects?: string;
}

/** `secondlook demo history`: makes up a year of decisions, in demo mode only. */
export async function demoHistory(
  options: DemoHistoryOptions,
  say: (line: string) => void,
): Promise<number> {
  const decisions = wholeNumber("--decisions", options.decisions, FEWEST, MOST);
  const seed = wholeNumber("--seed", options.seed, 0, Number.MAX_SAFE_INTEGER);
  const effects =
    options.effects === undefined ? DEFAULT_EFFECTS : await readEffects(options.effects);
  for (const effect of effects) {
    const why = whyNotPlantable(effect, reviewersFor(decisions));
    if (why !== null) throw new StopError(`A ${effect.kind} can't be planted. ${why}`);
  }
  const config = readConfig(process.env);
  if (!config.demo) {
    throw new StopError(
      "A past is made up in demo mode only, so that it never stands among real cases; leave SECONDLOOK_DEMO out.",
    );
  }
  const secrets = await openExistingSecrets(config);
  const database = await attachDatabase(config, secrets.vault);
  const bar = createProgressBar(decisions);
  try {
    const parts = await compose(config, database, secrets, createOperationalLog(config.logLevel));
    try {
      const made = await withClient(database.connection("owner"), (client) =>
        makeDemoHistory(parts.deps, drizzle(client), {
          decisions,
          seed,
          effects,
          timeZone: config.timeZone,
          onProgress: (done) => bar.show(Math.min(done, decisions), "decisions"),
        }),
      );
      bar.end(decisions);
      say(
        `A made-up year is there: ${made.decisions} decisions of ${made.people.length} people on ${made.cases} cases. Figures are under Insights.`,
      );
      for (const effect of effects) say(`  planted: ${inWords(effect, made.people)}`);
      return 0;
    } finally {
      await parts.close();
    }
  } finally {
    await database.close();
  }
}

function inWords(effect: Effect, people: readonly string[]): string {
  switch (effect.kind) {
    case "follows_machine":
      return `${people[effect.reviewer] ?? "nobody"} gives way to the machine in ${effect.share * 100} % of differences`;
    case "over_matches":
      return `of what ${effect.provider} ${effect.modelVersion} calls the same in ${effect.region}, ${effect.share * 100} % is`;
    case "weekday_peak":
      return `${effect.factor} times the cases on weekday ${effect.weekday} (0 is Monday)`;
    case "slow_week":
      return `cases take ${effect.factor} times as long in a week ${effect.weeksAgo} weeks ago`;
  }
}

function wholeNumber(name: string, text: string, least: number, most: number): number {
  const value = Number(text);
  if (/^\d+$/.test(text) && value >= least && value <= most) return value;
  throw new StopError(`${name} must be a whole number from ${least} to ${most}, not “${text}”.`);
}

async function readEffects(path: string): Promise<readonly Effect[]> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new StopError(`${path} can't be read; name a file of effects with --effects.`, { cause });
  });
  const parsed = effectsSchema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data.effects;
  const issue = parsed.error.issues[0];
  throw new StopError(
    `${path} is no file of effects: ${issue?.path.join("/") ?? ""} ${issue?.message ?? "is wrong"}. It looks like {"effects": [{"kind": "slow_week", "weeksAgo": 3, "factor": 1.5}]}; an empty list plants nothing.`,
  );
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

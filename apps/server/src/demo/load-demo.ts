import type { Deps } from "@secondlook/api/deps";
import { loadRecentHistory } from "@secondlook/api/history/load-recent-history";
import { createRecorder } from "@secondlook/api/recorder";
import { rowsOf } from "@secondlook/db/database";
import { rebuildInsights } from "@secondlook/db/insights/roll";
import { demoSeed, demoSet, workedCases } from "@secondlook/demo/demo-set";
import { demoWeeksTeam, makeDemoWeeks } from "@secondlook/demo/demo-weeks";
import type { CasePlan } from "@secondlook/demo/plan";
import { addDays, reportingDay } from "@secondlook/domain/insights/reporting-day";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import type pg from "pg";
import { z } from "zod";
import type { Config } from "../config/config.ts";
import { ensureDemoStaff } from "../database/seed.ts";
import { withClient } from "../database/with-client.ts";
import { bundleForm } from "../ingest/bundle-form.ts";
import { demoIngestKey, ensureIngestKey } from "../ingest-keys.ts";
import type { App } from "./desk.ts";
import { letTeamWork } from "./let-team-work.ts";

const SOURCE = "demo";

/** The demo's accounts and its ingest key, which it returns. */
export async function prepareDemo(config: Config, deps: Deps): Promise<string> {
  await ensureDemoStaff(deps);
  const key = await demoIngestKey(deps, join(config.dataDir, "ingest-key"));
  await ensureIngestKey(deps, SOURCE, key);
  return key;
}

interface DemoOptions {
  readonly app: App;
  readonly deps: Deps;
  readonly key: string;
  readonly say: (line: string) => void;
  readonly config: Config;
  /** The database's owner, who alone may write a past. */
  readonly owner: pg.ClientConfig;
}

/**
 * Draws the demo's people and sends the cases that the database lacks through the same door as
 * everybody's, while the server answers already. The next start makes up for a stop in between.
 */
export function startDemo(options: DemoOptions): { stop(): Promise<void> } {
  const stopping = new AbortController();
  const loading = loadDemo(options, stopping.signal).catch((error: unknown) => {
    if (!stopping.signal.aborted)
      options.deps.log.error({}, "the demo's cases could not be loaded", error);
  });
  return {
    async stop() {
      stopping.abort();
      await loading;
    },
  };
}

async function loadDemo(options: DemoOptions, signal: AbortSignal): Promise<void> {
  const { deps, config } = options;
  // Whoever asks for some of the cases wants these and nothing else.
  const everything = config.demoCases === undefined;
  const loaded = await loadedCases(deps);
  const lacks = ({ externalId }: CasePlan): boolean => !loaded.has(externalId);
  const missing = demoSet.slice(0, config.demoCases).filter(lacks);
  const toWork = everything ? workedCases.filter(lacks) : [];
  // At the same time: the past is there within a second, the first case after some more.
  const started = await Promise.allSettled([
    everything ? loadPast(options) : undefined,
    missing.length + toWork.length === 0 ? undefined : sendMissing(options, missing, signal),
  ]);
  for (const each of started) if (each.status === "rejected") throw each.reason;
  if (toWork.length === 0) return;
  await sendCases(options, toWork, signal);
  const ids = await loadedCases(deps);
  const plans = new Map(
    workedCases.flatMap((plan) => {
      const id = ids.get(plan.externalId);
      return id === undefined ? [] : [[id, plan] as const];
    }),
  );
  await letTeamWork({ ...options, plans, signal });
}

/** Two weeks of settled cases, so that figures and lists are there from the start (docs/decisions/0017). */
async function loadPast({ deps, owner, config, say }: DemoOptions): Promise<void> {
  const count = await withClient(owner, (client) =>
    loadRecentHistory(deps, drizzle(client), {
      demoSource: SOURCE,
      make: () => makeDemoWeeks(addDays(reportingDay(deps.clock(), "UTC"), -1)),
      team: demoWeeksTeam,
    }),
  );
  if (count === 0) return;
  await rebuildInsights(deps.db, config.timeZone);
  say(`Two weeks of made-up history are there: ${count} settled cases, without evidence.`);
}

async function sendMissing(
  options: DemoOptions,
  missing: readonly CasePlan[],
  signal: AbortSignal,
): Promise<void> {
  options.say(
    "The demo's people are being drawn; their cases arrive one by one over the next minutes.",
  );
  await sendCases(options, missing, signal);
  options.say("The demo's cases are there.");
}

async function sendCases(
  { app, deps, key }: DemoOptions,
  plans: readonly CasePlan[],
  signal: AbortSignal,
): Promise<void> {
  if (plans.length === 0) return;
  // What draws is large, and most starts have nothing to draw.
  const { demoBundles } = await import("@secondlook/demo/demo-cases");
  const bundles = demoBundles({
    seed: demoSeed,
    now: deps.clock(),
    plans,
    // One processor stays free for whoever reviews the first case meanwhile.
    threads: Math.max(1, Math.min(3, availableParallelism() - 1)),
    signal,
  });
  for await (const bundle of bundles) {
    const request = new Request("http://127.0.0.1/v1/cases", {
      method: "POST",
      headers: { authorization: `Bearer ${key}` },
      body: bundleForm(bundle.case, bundle.files),
    });
    const response = await app.fetch(request);
    // 409: another server on this database, started at the same moment, has just sent it.
    if (!response.ok && response.status !== 409) {
      throw new Error(`the demo case ${bundle.name} was refused with ${response.status}`);
    }
    signal.throwIfAborted();
  }
  const recorder = createRecorder(deps, { id: "sys_operator", role: "operator" });
  await recorder.read([
    { kind: "seed.load", outcome: "allowed", count: plans.length, method: "demo" },
  ]);
}

/** The ids of the demo's cases in this database, by their external ids. */
async function loadedCases(deps: Deps): Promise<ReadonlyMap<string, string>> {
  const rows = await rowsOf(
    deps.db,
    z.object({ id: z.string(), external_id: z.string() }),
    sql`select c.id, c.external_id from app.review_case c join app.source s on s.id = c.source_id
        where s.name = ${SOURCE}`,
  );
  return new Map(rows.map((row) => [row.external_id, row.id]));
}

import type { Deps } from "@secondlook/api/deps";
import { makeHistoryFrame } from "@secondlook/api/history/history-frame";
import { createRecorder } from "@secondlook/api/recorder";
import type { Database } from "@secondlook/db/database";
import { rowsOf, run } from "@secondlook/db/database";
import {
  casesThere,
  HISTORY_SOURCE,
  type HistoryFrame,
  loadHistory,
} from "@secondlook/db/insights/load-history";
import { rebuildInsights } from "@secondlook/db/insights/roll";
import { addStaff } from "@secondlook/db/staff/add-staff";
import type { Effect } from "@secondlook/demo/history-effects";
import { LEADS, makeHistory, reviewersFor } from "@secondlook/demo/make-history";
import { newId } from "@secondlook/domain/ids";
import type { HistoryCase } from "@secondlook/domain/insights/history-case";
import { addDays, reportingDay } from "@secondlook/domain/insights/reporting-day";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { StopError } from "../config/stop-error.ts";

/** The source of the demo's own cases; every other source counts as real. */
const DEMO_SOURCE = "demo";
const BATCH = 2_000;

export interface MadeHistory {
  readonly cases: number;
  readonly decisions: number;
  /** Names of those whose work it is, by their number in the history. */
  readonly people: readonly string[];
}

/**
 * Makes up a year and loads it: settled cases of one synthetic account against another, with nobody's
 * accesses in the log but one event that says what this is. The figures are built anew at the end.
 *
 * @throws StopError where there are real cases, or a made-up past already.
 */
export async function makeDemoHistory(
  deps: Deps,
  owner: Database,
  options: {
    readonly decisions: number;
    readonly seed: number;
    readonly effects: readonly Effect[];
    readonly timeZone: string;
    readonly onProgress?: (decisions: number) => void;
  },
): Promise<MadeHistory> {
  await refuseOthersCases(deps.db);
  const { decisions, seed, effects, timeZone } = options;
  const { frame, people } = await makeFrame(deps, reviewersFor(decisions));
  const until = addDays(reportingDay(deps.clock(), "UTC"), -1);
  const done = { cases: 0, decisions: 0 };
  let batch: HistoryCase[] = [];
  const flush = async (): Promise<void> => {
    await loadHistory(owner, frame, batch);
    done.cases += batch.length;
    done.decisions += batch.reduce((sum, each) => sum + each.decisions.length, 0);
    options.onProgress?.(done.decisions);
    batch = [];
  };
  for (const day of makeHistory({ decisions, seed, until, effects })) {
    batch.push(...day);
    if (batch.length >= BATCH) await flush();
  }
  await flush();
  await createRecorder(deps, { id: "sys_operator", role: "operator" }).read([
    { kind: "seed.load", outcome: "allowed", count: done.cases, method: "made_up_history" },
  ]);
  await run(owner, sql`analyze`);
  await rebuildInsights(deps.db, timeZone);
  return { ...done, people };
}

async function refuseOthersCases(db: Database): Promise<void> {
  const there = await casesThere(db, DEMO_SOURCE);
  if (there.real) {
    throw new StopError(
      "This database has real cases, among which a made-up past must never stand; use another data folder with SECONDLOOK_DATA_DIR.",
    );
  }
  if (there.history) {
    throw new StopError(
      "This database has a made-up past already; for another one use a new data folder with SECONDLOOK_DATA_DIR.",
    );
  }
}

async function makeFrame(
  deps: Deps,
  reviewers: number,
): Promise<{ readonly frame: HistoryFrame; readonly people: readonly string[] }> {
  return deps.db.transaction(async (tx) => {
    const people = [
      ...(await makePeople(deps, tx, "reviewer", reviewers)),
      ...(await makePeople(deps, tx, "lead", LEADS)),
    ];
    const staffIds = people.map(({ id }) => id);
    const frame = await makeHistoryFrame(deps, tx, { source: HISTORY_SOURCE, staffIds });
    return { frame, people: people.map(({ name }) => name) };
  });
}

/** The demo's own people as far as there are some, so that they see figures; others can't sign in. */
async function makePeople(
  { random }: Deps,
  tx: Database,
  role: "reviewer" | "lead",
  count: number,
): Promise<readonly { readonly id: string; readonly name: string }[]> {
  const people = [
    ...(await rowsOf(
      tx,
      z.object({ id: z.string(), name: z.string() }),
      sql`select id, display_name as name from app.staff where role = ${role} and disabled_at is null
          order by handle limit ${count}`,
    )),
  ];
  for (let at = people.length; at < count; at += 1) {
    const id = newId("actor", random);
    const name = `Made-up ${role} ${at + 1}`;
    const handle = `history-${role}-${at + 1}`;
    await addStaff(tx, {
      id,
      handle,
      displayName: name,
      role,
      regions: null,
      languages: null,
      skills: [],
    });
    await run(tx, sql`update app.staff set disabled_at = app.now() where id = ${id}`);
    people.push({ id, name });
  }
  return people;
}

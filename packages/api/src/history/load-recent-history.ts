import type { Database } from "@secondlook/db/database";
import { casesThere, loadHistory, RECENT_SOURCE } from "@secondlook/db/insights/load-history";
import { staffIdsOf } from "@secondlook/db/staff/ids-of-handles";
import type { HistoryCase } from "@secondlook/domain/insights/history-case";
import type { Deps } from "../core/deps.ts";
import { createRecorder } from "../core/recorder.ts";
import { makeHistoryFrame } from "./history-frame.ts";

/**
 * Loads settled cases that end yesterday, once, and never among cases of another source than the demo's.
 * Their times are made up, so no event tells of what was done in them; one event, before them and at its
 * true time, tells that they were made up and how many they are.
 *
 * @returns how many were loaded. The figures have to be rebuilt where there are any.
 */
export async function loadRecentHistory(
  deps: Deps,
  owner: Database,
  past: {
    readonly demoSource: string;
    /** Called only where it is to be loaded. */
    readonly make: () => readonly HistoryCase[];
    /** Handles of those whose work it is, by their number in it. */
    readonly team: readonly string[];
  },
): Promise<number> {
  const there = await casesThere(deps.db, past.demoSource);
  if (there.real || there.recent) return 0;
  const cases = past.make();
  const ids = await staffIdsOf(deps.db, past.team);
  const staffIds = past.team.flatMap((handle) => ids.get(handle) ?? []);
  if (staffIds.length < past.team.length) return 0;
  const frame = await deps.db.transaction((tx) =>
    makeHistoryFrame(deps, tx, { source: RECENT_SOURCE, staffIds }),
  );
  await createRecorder(deps, { id: "sys_operator", role: "operator" }).read([
    { kind: "seed.load", outcome: "allowed", count: cases.length, method: "made_up_history" },
  ]);
  await loadHistory(owner, frame, cases);
  return cases.length;
}

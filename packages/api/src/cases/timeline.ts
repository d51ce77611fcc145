import { fromUtf8 } from "@secondlook/audit/bytes";
import { assertEvent, type AuditEvent } from "@secondlook/audit/event";
import { type TimelineEntry, timelineOf } from "@secondlook/db/cases/timeline";
import { staffNames } from "@secondlook/db/staff/names";
import type { z } from "zod";
import type { Deps } from "../core/deps.ts";
import type { pageOutput } from "../schemas/cases.ts";
import { detailOf } from "./timeline-detail.ts";

const LIMIT = 200;

type Line = z.output<typeof pageOutput>["timeline"][number];

/** What the log tells of a case, oldest first: its newest 200 entries, without those of no known form. */
export async function readTimeline(
  deps: Deps,
  of: { readonly caseId: string; readonly names: boolean },
): Promise<{ readonly entries: Line[]; readonly cut: boolean }> {
  const found = await timelineOf(deps.reader, { caseId: of.caseId, limit: LIMIT + 1 });
  const events = found.slice(0, LIMIT).toReversed().flatMap(readEvent);
  const names = of.names
    ? await staffNames(
        deps.db,
        events.map(({ event }) => event.actor.id),
      )
    : new Map<string, string>();
  return {
    cut: found.length > LIMIT,
    entries: events.map(({ index, event }) => ({
      index,
      at: event.at,
      kind: event.kind,
      by: names.get(event.actor.id) ?? event.actor.id,
      role: event.actor.role,
      outcome: event.outcome,
      detail: detailOf(event),
    })),
  };
}

/** A leaf that is no event any more is the verifier's to report, not this page's to fail on. */
function readEvent(entry: TimelineEntry): { readonly index: number; readonly event: AuditEvent }[] {
  try {
    const event: unknown = JSON.parse(fromUtf8(entry.leaf) ?? "");
    assertEvent(event);
    return [{ index: entry.index, event }];
  } catch {
    return [];
  }
}

import type { OverviewCursor, OverviewRow } from "@secondlook/db/queue/overview";
import type { OverviewOrder } from "@secondlook/domain/queue/bands";
import { PRIORITIES } from "@secondlook/domain/ingest/case-payload";
import { z } from "zod";
import { Refusal } from "../core/refusal.ts";
import { isPostgresYear } from "../schemas/text.ts";
import { caseIdSchema } from "../schemas/work.ts";

const at = z.iso.datetime().refine(isPostgresYear);
const byPriority = z.tuple([
  z.boolean(),
  z
    .int()
    .min(0)
    .max(PRIORITIES.length - 1),
  at,
  caseIdSchema,
]);
const byTime = z.tuple([at, caseIdSchema]);

/** Where a page ended, as text that the next one is asked with. */
export function writeCursor(last: OverviewRow, order: OverviewOrder): string {
  const { caseId, dueAt, priority, stuck, toldSince } = last;
  switch (order) {
    case "priority":
      return JSON.stringify([stuck, priority, dueAt.toISOString(), caseId]);
    case "due":
      return JSON.stringify([dueAt.toISOString(), caseId]);
    case "oldest":
      return JSON.stringify([toldSince.toISOString(), caseId]);
  }
}

/** Reads it again. Throws Refusal `invalid_input` where it is not of this order. */
export function readCursor(text: string, order: OverviewOrder): OverviewCursor {
  const value = parseJson(text);
  if (order === "priority") {
    const parsed = byPriority.safeParse(value);
    if (parsed.success) {
      const [stuck, priority, dueAt, caseId] = parsed.data;
      return { order, stuck, priority, at: dueAt, caseId };
    }
  } else {
    const parsed = byTime.safeParse(value);
    if (parsed.success) return { order, at: parsed.data[0], caseId: parsed.data[1] };
  }
  throw new Refusal("invalid_input", "This is not where a page ended; start at the first one.");
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

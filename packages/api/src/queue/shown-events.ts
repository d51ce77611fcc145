import type { EventBody } from "@secondlook/audit/event";
import type { Id } from "@secondlook/domain/ids";

/** The events of a list for leads: one for each account that it shows, or one for an empty list. */
export function shownEvents(
  rows: readonly { readonly caseId: Id<"case">; readonly probeSubjectId: Id<"subject"> }[],
  list?: string,
): readonly EventBody[] {
  const event = {
    kind: "queue.search",
    outcome: "allowed",
    ...(list === undefined ? {} : { fields: [list] }),
  } as const;
  return rows.length === 0
    ? [event]
    : rows.map((row) => ({ ...event, case: row.caseId, subject: row.probeSubjectId }));
}

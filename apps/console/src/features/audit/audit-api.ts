import type { AuditFilter, AuditPage, AuditPurpose, AuditRow } from "../../lib/contract.ts";
import { api } from "../../lib/trpc.ts";

/** One page of the log; each call is an event of its own there. */
export function readPage(
  purpose: AuditPurpose,
  filter: AuditFilter,
  cursor: AuditPage["nextCursor"],
): Promise<AuditPage> {
  return api.audit.query.mutate({ purpose, ...filter, cursor });
}

/** One event whole, with its proof; an event in the log as well. */
export function readEvent(purpose: AuditPurpose, { eid, index }: AuditRow) {
  return api.audit.proof.mutate({ purpose, eid, index });
}

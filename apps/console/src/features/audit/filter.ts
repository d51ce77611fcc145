import { isEventKind } from "@secondlook/audit/event";
import { isId } from "@secondlook/domain/ids";
import type { AuditFilter } from "../../lib/contract.ts";

/** Nothing narrowed down. */
export const EMPTY_FILTER: AuditFilter = {
  kind: null,
  who: null,
  caseId: null,
  subjectId: null,
  from: null,
  to: null,
};

/** Reads the filter from the address; what is not understood is left out. */
export function filterFrom(params: URLSearchParams): AuditFilter {
  const text = (name: string) => {
    const value = params.get(name)?.trim() ?? "";
    return value === "" || value.length > 64 ? null : value;
  };
  const day = (name: string) => {
    const value = text(name);
    return value !== null && /^\d{4}-\d{2}-\d{2}$/.test(value) && !Number.isNaN(Date.parse(value))
      ? value
      : null;
  };
  const [kind, caseId, subjectId] = [text("kind"), text("case"), text("subject")];
  return {
    kind: kind !== null && isEventKind(kind) ? kind : null,
    who: text("who"),
    caseId: caseId !== null && isId("case", caseId) ? caseId : null,
    subjectId: subjectId !== null && isId("subject", subjectId) ? subjectId : null,
    from: day("from"),
    to: day("to"),
  };
}

/** Writes a filter into an address; what is not narrowed down is left out. */
export function paramsOf(filter: AuditFilter): URLSearchParams {
  const { kind, who, caseId, subjectId, from, to } = filter;
  const params = new URLSearchParams();
  const named = { kind, who, case: caseId, subject: subjectId, from, to };
  for (const [name, value] of Object.entries(named)) if (value !== null) params.set(name, value);
  return params;
}

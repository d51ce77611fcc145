import type { AuditRow } from "../../lib/contract.ts";

const HEAD = [
  "position",
  "at",
  "kind",
  "outcome",
  "actor",
  "name",
  "role",
  "case",
  "subject",
  "event",
] as const;

/**
 * The rows of one page as CSV (RFC 4180), exactly those that are shown. Text that a spreadsheet
 * would run as a formula is set behind an apostrophe.
 */
export function pageCsv(rows: readonly AuditRow[]): string {
  const lines = rows.map((row) => [
    String(row.index),
    row.at,
    row.kind,
    row.outcome,
    row.actor,
    row.name ?? "",
    row.role,
    row.caseId ?? "",
    row.subjectId ?? "",
    row.eid,
  ]);
  return [HEAD, ...lines].map((line) => `${line.map(cell).join(",")}\r\n`).join("");
}

function cell(value: string): string {
  const text = /^[=+\-@\t\r]/.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

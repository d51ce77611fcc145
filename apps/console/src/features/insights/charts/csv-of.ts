/** Row by row what a chart draws, in words. */
export interface ChartTable {
  readonly head: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** A table as it is shown, by RFC 4180; only without the commas that group digits. */
export function csvOf({ head, rows }: ChartTable): string {
  return [head, ...rows].map((row) => `${row.map(cell).join(",")}\r\n`).join("");
}

/** Names come from outside: one that a spreadsheet would run as a formula is set behind an apostrophe. */
function cell(shown: string): string {
  const plain = shown.replaceAll("\u00a0", " ").replaceAll(/(?<=\d),(?=\d{3})/g, "");
  const text = /^[=+@\t\r]|^-(?!\d)/.test(plain) ? `'${plain}` : plain;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

import { describeCause } from "../logging/describe-cause.ts";

const LINES = 12;

/**
 * For a fault that no sentence was written for: one that says so, then the technical detail. Never a
 * statement's parameters, which may be about people.
 */
export function describeFault(error: unknown): string {
  const cause = describeCause(error);
  const detail: string[] = [];
  for (let at = cause; at !== undefined; at = at.cause) {
    detail.push(`${at.name}${at.code === undefined ? "" : ` ${at.code}`}: ${at.message}`);
    detail.push(...at.at.map((line) => `  ${line}`));
  }
  const what = detail[0] ?? "an unknown fault";
  return [
    `Something went wrong that Secondlook has no answer to (${what}); start again, and report it with these lines if it comes back.`,
    ...detail.slice(1, LINES),
  ].join("\n");
}

/** The same in a few words, for a line of its own. */
export function faultInShort(error: unknown): string {
  const cause = describeCause(error);
  if (cause === undefined) return "an unknown fault";
  const inner = cause.cause === undefined ? "" : ` (${cause.cause.message})`;
  return `${cause.message}${inner}`;
}

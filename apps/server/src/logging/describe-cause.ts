/** What may be told of an error: codes and first lines, no row values. */
export interface DescribedCause {
  readonly name: string;
  readonly code: string | undefined;
  readonly message: string;
  /** The innermost calls. */
  readonly at: readonly string[];
  readonly cause: DescribedCause | undefined;
}

const CALLS = 4;
const DEPTH = 5;

/** Describes an error for the operational log; undefined for what is no error. */
export function describeCause(cause: unknown, depth = DEPTH): DescribedCause | undefined {
  if (!(cause instanceof Error) || depth === 0) return undefined;
  const code = "code" in cause && typeof cause.code === "string" ? cause.code : undefined;
  // Drizzle's message, and with it the first lines of its stack, hold the statement with its values.
  const statement = cause.name === "DrizzleQueryError" || cause.message.startsWith("Failed query");
  return {
    name: statement ? "DrizzleQueryError" : cause.name,
    code,
    message: statement ? "a statement failed" : messageOf(cause, code),
    at: callsOf(cause.stack),
    cause: describeCause(cause.cause, depth - 1),
  };
}

/** Postgres's "data exception" messages (class 22) quote the value that was wrong. */
function messageOf(error: Error, code: string | undefined): string {
  if (code !== undefined && /^22[0-9A-Z]{3}$/.test(code)) return "a value was not accepted";
  return error.message.split("\n")[0] ?? "";
}

function callsOf(stack: string | undefined): readonly string[] {
  return (stack ?? "")
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => /^at .+[:)]/.test(line))
    .slice(0, CALLS);
}

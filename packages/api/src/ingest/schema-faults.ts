import type { z } from "zod";
import { type Fault, pointerOf, Problem } from "./problem.ts";

/** More faults than these help nobody. */
const MAX_FAULTS = 50;

/** What a body's schema found, each fault with a pointer to its value. */
export function schemaFaults(error: z.ZodError): readonly Fault[] {
  return error.issues.flatMap((issue) =>
    issue.code === "unrecognized_keys"
      ? issue.keys.map((key) => ({
          pointer: pointerOf([...issue.path, key]),
          detail: "This field is not known here; leave it out.",
        }))
      : [{ pointer: pointerOf(issue.path), detail: issue.message }],
  );
}

/**
 * The answer 422 with a pointer to each value at fault, once: what else is wrong with a value
 * follows from its first fault.
 *
 * @param of whose values they are, such as ` of the case`; may be empty
 */
export function faultyValues(code: string, of: string, found: readonly Fault[]): Problem {
  const details = new Map<string, string>();
  for (const { pointer, detail } of found) {
    if (!details.has(pointer)) details.set(pointer, detail);
  }
  const faults = [...details]
    .slice(0, MAX_FAULTS)
    .map(([pointer, detail]) => ({ pointer, detail }));
  return new Problem(
    422,
    code,
    `${faults.length === 1 ? "One value" : `${faults.length} values`}${of} can't be taken; “errors” says which and why.`,
    faults,
  );
}

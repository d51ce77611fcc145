import type { Inconsistency } from "@secondlook/domain/ingest/case-consistency";
import type { z } from "zod";
import { faultSentence } from "../ingest/fault-sentence.ts";
import { type Fault, pointerOf, Problem } from "../ingest/problem.ts";

/** More faults than these help nobody. */
const MAX_FAULTS = 50;

/** A message about a case by its schema. Throws Problem 422 with a pointer to each value at fault. */
export function parseMessage<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body, { error: faultSentence });
  if (parsed.success) return parsed.data;
  throw refused(parsed.error.issues.flatMap(faultsOf));
}

/** Throws Problem 422 where a message contradicts itself or the case that it is for. */
export function refuseInconsistencies(found: readonly Inconsistency[]): void {
  if (found.length === 0) return;
  throw refused(found.map(({ path, message }) => ({ pointer: pointerOf(path), detail: message })));
}

function refused(found: readonly Fault[]): Problem {
  // What else is wrong with a value follows from its first fault.
  const details = new Map<string, string>();
  for (const { pointer, detail } of found) {
    if (!details.has(pointer)) details.set(pointer, detail);
  }
  const faults = [...details]
    .slice(0, MAX_FAULTS)
    .map(([pointer, detail]) => ({ pointer, detail }));
  return new Problem(
    422,
    "message_invalid",
    `${faults.length === 1 ? "One value" : `${faults.length} values`} can't be taken; “errors” says which and why.`,
    faults,
  );
}

function faultsOf(issue: z.core.$ZodIssue): readonly Fault[] {
  if (issue.code !== "unrecognized_keys")
    return [{ pointer: pointerOf(issue.path), detail: issue.message }];
  return issue.keys.map((key) => ({
    pointer: pointerOf([...issue.path, key]),
    detail: "This field is not known here; leave it out.",
  }));
}

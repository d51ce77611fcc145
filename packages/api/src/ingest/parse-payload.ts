import { caseInconsistencies } from "@secondlook/domain/ingest/case-consistency";
import {
  type CasePayload,
  casePayloadSchema,
  MAX_FILES,
} from "@secondlook/domain/ingest/case-payload";
import type { z } from "zod";
import { faultSentence } from "./fault-sentence.ts";
import { type Fault, pointerOf, Problem } from "./problem.ts";

/** More faults than these help nobody. */
const MAX_FAULTS = 50;

/** The part `case` by its schema. Throws Problem 422 with a pointer to each value at fault. */
export function parsePayload(body: unknown): CasePayload {
  const parsed = casePayloadSchema.safeParse(body, { error: faultSentence });
  if (parsed.success) return parsed.data;
  const details = new Map<string, string>();
  for (const issue of parsed.error.issues) {
    for (const { pointer, detail } of faultsOf(issue)) {
      // What else is wrong with a value follows from its first fault.
      if (!details.has(pointer)) details.set(pointer, detail);
    }
  }
  // The schema looks at these only where every value is of its form.
  for (const { path, message } of caseInconsistencies(body, MAX_FILES)) {
    const pointer = pointerOf(path);
    if (!details.has(pointer)) details.set(pointer, message);
  }
  const faults = [...details]
    .slice(0, MAX_FAULTS)
    .map(([pointer, detail]) => ({ pointer, detail }));
  throw new Problem(
    422,
    "case_invalid",
    `${faults.length === 1 ? "One value" : `${faults.length} values`} of the case can't be taken; “errors” says which and why.`,
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

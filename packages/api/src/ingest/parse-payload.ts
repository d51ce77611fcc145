import { type CasePayload, casePayloadSchema } from "@secondlook/domain/ingest/case-payload";
import { pointerOf, Problem } from "./problem.ts";

/** More faults than these help nobody. */
const MAX_FAULTS = 50;

/** The part `case` by its schema. Throws Problem 422 with a pointer to each value at fault. */
export function parsePayload(body: unknown): CasePayload {
  const parsed = casePayloadSchema.safeParse(body);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues
    .flatMap((issue) =>
      issue.code === "unrecognized_keys"
        ? issue.keys.map((key) => ({
            pointer: pointerOf([...issue.path, key]),
            detail: "This field is not known here; leave it out.",
          }))
        : [{ pointer: pointerOf(issue.path), detail: issue.message }],
    )
    .slice(0, MAX_FAULTS);
  throw new Problem(
    422,
    "case_invalid",
    `${faults.length === 1 ? "One value" : `${faults.length} values`} of the case can't be taken; “errors” says which and why.`,
    faults,
  );
}

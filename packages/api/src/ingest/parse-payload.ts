import { caseInconsistencies } from "@secondlook/domain/ingest/case-consistency";
import {
  type CasePayload,
  casePayloadSchema,
  MAX_FILES,
} from "@secondlook/domain/ingest/case-payload";
import { faultSentence } from "./fault-sentence.ts";
import { pointerOf } from "./problem.ts";
import { faultyValues, schemaFaults } from "./schema-faults.ts";

/** The part `case` by its schema. Throws Problem 422 with a pointer to each value at fault. */
export function parsePayload(body: unknown): CasePayload {
  const parsed = casePayloadSchema.safeParse(body, { error: faultSentence });
  if (parsed.success) return parsed.data;
  // The schema looks at these only where every value is of its form.
  const inconsistent = caseInconsistencies(body, MAX_FILES).map(({ path, message }) => ({
    pointer: pointerOf(path),
    detail: message,
  }));
  throw faultyValues("case_invalid", " of the case", [
    ...schemaFaults(parsed.error),
    ...inconsistent,
  ]);
}

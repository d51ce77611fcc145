import type { Inconsistency } from "@secondlook/domain/ingest/case-consistency";
import type { z } from "zod";
import { faultSentence } from "../ingest/fault-sentence.ts";
import { pointerOf } from "../ingest/problem.ts";
import { faultyValues, schemaFaults } from "../ingest/schema-faults.ts";

/** A message about a case by its schema. Throws Problem 422 with a pointer to each value at fault. */
export function parseMessage<T>(schema: z.ZodType<T>, body: unknown): T {
  const parsed = schema.safeParse(body, { error: faultSentence });
  if (parsed.success) return parsed.data;
  throw faultyValues("message_invalid", "", schemaFaults(parsed.error));
}

/** Throws Problem 422 where a message contradicts itself or the case that it is for. */
export function refuseInconsistencies(found: readonly Inconsistency[]): void {
  if (found.length === 0) return;
  throw faultyValues(
    "message_invalid",
    "",
    found.map(({ path, message }) => ({ pointer: pointerOf(path), detail: message })),
  );
}

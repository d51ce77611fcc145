import { z } from "zod";
import { caseInconsistencies, type Inconsistency } from "../ingest/case-consistency.ts";
import { casePayloadSchema, MAX_CANDIDATES, MAX_FILES } from "../ingest/case-payload.ts";
import { WITHDRAWAL_REASONS, WITHDRAWERS } from "./upstream.ts";

const { subject, capture, evidence, matcher, candidates } = casePayloadSchema.shape;

/** `POST /v1/cases/{id}/matcher-runs`: a further search, with the candidates that it found. */
export const matcherRunSchema = z.strictObject({ matcher, candidates });
export type MatcherRunPayload = z.infer<typeof matcherRunSchema>;

const recapturedSchema = z.strictObject({ subject, capture, evidence });

/**
 * `POST /v1/cases/{id}/evidence`: new captures, in the fields that a case has. Each is a whole
 * snapshot: what it does not hold is not shown in the next cycle.
 */
export const evidenceUpdateSchema = z.strictObject({
  subject: subject.optional(),
  capture: capture.optional(),
  evidence: evidence.optional(),
  candidates: z
    .array(recapturedSchema)
    .max(MAX_CANDIDATES, `A case has at most ${MAX_CANDIDATES} candidates.`)
    .default([]),
});
export type EvidenceUpdatePayload = z.infer<typeof evidenceUpdateSchema>;

/** `POST /v1/cases/{id}/withdrawal`. */
export const withdrawalSchema = z.strictObject({
  by: z.enum(WITHDRAWERS),
  reason: z.enum(WITHDRAWAL_REASONS),
});
export type WithdrawalPayload = z.infer<typeof withdrawalSchema>;

/** The case that a message is about, as far as the message must fit it. */
export interface KnownCase {
  /** The probe's account. */
  readonly externalId: string;
  /** The accounts that the newest matcher run proposed. */
  readonly candidates: ReadonlySet<string>;
}

/** What of a matcher run contradicts itself or the case that it is for. */
export function matcherRunInconsistencies(
  body: unknown,
  known: KnownCase,
): readonly Inconsistency[] {
  const fields = typeof body === "object" && body !== null ? body : {};
  return caseInconsistencies({ ...fields, subject: { externalId: known.externalId } }, MAX_FILES);
}

/** What of new captures contradicts itself or the case that they are for. */
export function evidenceInconsistencies(
  payload: EvidenceUpdatePayload,
  known: KnownCase,
): readonly Inconsistency[] {
  const found: Inconsistency[] = [
    ...caseInconsistencies({ subject: { externalId: known.externalId }, ...payload }, MAX_FILES),
  ];
  const parts = ["subject", "capture", "evidence"] as const;
  const missing = parts.filter((part) => payload[part] === undefined);
  if (missing.length === 3 && payload.candidates.length === 0) {
    found.push({
      path: [],
      message: "Send a new capture of the probe, of a candidate, or of both.",
    });
  }
  if (missing.length < 3) {
    for (const part of missing) {
      found.push({
        path: [part],
        message: "A new capture of the probe has subject, capture and evidence; send all three.",
      });
    }
  }
  if (payload.subject !== undefined && payload.subject.externalId !== known.externalId) {
    found.push({
      path: ["subject", "externalId"],
      message: "This is not the account that the case is about. Send a case of its own for it.",
    });
  }
  for (const [index, { subject: account }] of payload.candidates.entries()) {
    if (account.externalId === known.externalId || known.candidates.has(account.externalId))
      continue;
    found.push({
      path: ["candidates", index, "subject", "externalId"],
      message:
        "The case's newest matcher run proposed no such account; send a matcher run that does.",
    });
  }
  return found;
}

/** What of a withdrawal contradicts itself. */
export function withdrawalInconsistencies(payload: WithdrawalPayload): readonly Inconsistency[] {
  if (payload.reason !== "consent_withdrawn" || payload.by === "person") return [];
  return [{ path: ["by"], message: "Only the person can withdraw their consent; send “person”." }];
}

import { z } from "zod";
import { STAGES } from "@secondlook/domain/cases/stage";
import { OUTCOMES } from "@secondlook/domain/decisions/outcome";
import { REASON_CODES } from "@secondlook/domain/decisions/reasons";
import { isPostgresYear, plainText } from "./text.ts";
import { candidateIdSchema, caseIdSchema } from "./work.ts";

export const searchInput = z.strictObject({
  /** A case id or an upstream external id, whole. */
  id: plainText(128).nullable(),
  region: plainText(6).nullable(),
  outcome: z.enum(OUTCOMES).nullable(),
  from: z.iso.date().refine(isPostgresYear).nullable(),
  to: z.iso.date().refine(isPostgresYear).nullable(),
  cursor: plainText(200).nullable(),
});

const caseRowSchema = z.object({
  caseId: caseIdSchema,
  externalId: z.string(),
  region: z.string(),
  priority: z.enum(["urgent", "high", "normal", "low"]),
  receivedAt: z.iso.datetime(),
  dueAt: z.iso.datetime(),
  /** Null where the asker may still judge the case. */
  stage: z.enum(STAGES).nullable(),
  outcome: z.enum(OUTCOMES).nullable(),
});
export const searchOutput = z.object({
  rows: z.array(caseRowSchema),
  nextCursor: z.string().nullable(),
});

/** Opening a case's page takes one out of judging it, so the console asks first. */
export const pageInput = z.strictObject({ caseId: caseIdSchema });

export const pageOutput = z.object({
  caseId: caseIdSchema,
  externalId: z.string(),
  region: z.string(),
  priority: z.enum(["urgent", "high", "normal", "low"]),
  languages: z.array(z.string()),
  flaggedAt: z.iso.datetime(),
  receivedAt: z.iso.datetime(),
  dueAt: z.iso.datetime(),
  stage: z.enum(STAGES),
  cycle: z.int(),
  settlesAt: z.iso.datetime().nullable(),
  policyVersion: z.int().nullable(),
  candidates: z.int(),
  evidence: z.int(),
  /** Demo mode only: the case is one of a made-up past, which has neither evidence nor events. */
  madeUp: z.boolean(),
  decisions: z.array(
    z.object({
      decisionId: z.string(),
      cycle: z.int(),
      round: z.string(),
      /** By name for leads, by pseudonym for others. */
      by: z.string(),
      outcome: z.enum(OUTCOMES),
      reasons: z.array(z.enum(REASON_CODES)),
      rationale: z.string().nullable(),
      /** What its author asked a lead. */
      question: z.string().nullable(),
      /** Its author reported it as a mistake after its window. */
      mistake: z.object({ note: z.string(), reportedAt: z.iso.datetime() }).nullable(),
      same: z.int(),
      different: z.int(),
      unresolved: z.int(),
      decidedAt: z.iso.datetime(),
      undoneAt: z.iso.datetime().nullable(),
      effectiveAt: z.iso.datetime().nullable(),
    }),
  ),
  timeline: z.array(
    z.object({
      index: z.int(),
      at: z.iso.datetime(),
      kind: z.string(),
      by: z.string(),
      role: z.string(),
      outcome: z.enum(["allowed", "denied", "error"]),
      detail: z.string(),
    }),
  ),
  /** The timeline ends here; older entries are left out. */
  timelineCut: z.boolean(),
});

/** What the machine had said, once the case is settled. */
export const machineViewOutput = z.object({
  machine: z
    .object({
      provider: z.string(),
      modelVersion: z.string(),
      gallery: z.string(),
      /** 0–100 after normalising; null where the provider does not disclose it. */
      threshold: z.number().nullable(),
      recommendation: z.enum(["same_person", "different_person", "none"]),
    })
    .nullable(),
  candidates: z.array(
    z.object({
      candidateId: candidateIdSchema,
      similarity: z.number().nullable(),
      rank: z.int().nullable(),
    }),
  ),
});

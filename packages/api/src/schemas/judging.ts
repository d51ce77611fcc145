import { z } from "zod";
import { LIKENESSES } from "@secondlook/domain/attributes/comparison";
import { MASKED_FIELDS } from "@secondlook/domain/attributes/masked-fields";
import { FINDINGS, OUTCOMES } from "@secondlook/domain/decisions/outcome";
import { attributesSchema, SHARED_SIGNALS } from "@secondlook/domain/ingest/case-payload";
import { REASON_CODES } from "@secondlook/domain/decisions/reasons";
import { viewingSchema } from "./viewing.ts";
import { candidateIdSchema, judgementSchema, leaseRefSchema, ratingSchema } from "./work.ts";

export const openCandidateInput = leaseRefSchema.extend({ candidateId: candidateIdSchema });
/** The server's count of how long this pair was looked at so far. */
export const openCandidateOutput = z.object({ viewedMs: z.int() });

/** A seal, or an amendment beside it. */
export const sealInput = leaseRefSchema.extend({
  candidateId: candidateIdSchema,
  judgement: judgementSchema,
  /** How the pair was looked at; absent where nobody looked through the console. */
  viewing: viewingSchema.nullish(),
});
export const sealOutput = z.object({ candidateId: candidateIdSchema, remaining: z.int() });

export const amendOutput = z.object({ candidateId: candidateIdSchema, amendments: z.int() });

/** Null asks for the probe's details alone, in a case that shows no candidate. */
export const attributesInput = leaseRefSchema.extend({ candidateId: candidateIdSchema.nullable() });
const openAttributesSchema = attributesSchema.omit({ dateOfBirth: true, documentNumber: true });
/** Both sides, once this candidate is sealed (or at once where policy says so). */
export const attributesOutput = z.object({
  candidateId: candidateIdSchema.nullable(),
  probe: openAttributesSchema,
  candidate: openAttributesSchema,
  /** What stays masked: which side has it, and how both compare, but nothing of the values. */
  masked: z.array(
    z.object({
      field: z.enum(MASKED_FIELDS),
      probe: z.boolean(),
      candidate: z.boolean(),
      likeness: z.enum(LIKENESSES),
      words: z.string(),
    }),
  ),
  sharedSignals: z.array(z.enum(SHARED_SIGNALS)),
  /** How many accounts share the probe's value, this one included. */
  signalCounts: z.partialRecord(z.enum(["payoutAccount", "deviceId", "address"]), z.int()),
});

export const revealFieldInput = attributesInput.extend({ field: z.enum(MASKED_FIELDS) });
/** The masked values of both sides; null where one was not given. */
export const revealFieldOutput = z.object({
  candidateId: candidateIdSchema.nullable(),
  field: z.enum(MASKED_FIELDS),
  probe: z.string().nullable(),
  candidate: z.string().nullable(),
});

export const revealInput = leaseRefSchema;
export const revealOutput = z.object({
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
      /** Null only where policy has blind judging off and it is not sealed yet. */
      sealedRating: ratingSchema.nullable(),
    }),
  ),
  /** What earlier rounds said; only for an adjudicator, and only now. */
  earlier: z.array(
    z.object({
      outcome: z.enum(OUTCOMES),
      reasons: z.array(z.enum(REASON_CODES)),
      rationale: z.string(),
      question: z.string().nullable(),
      findings: z.array(z.object({ candidateId: candidateIdSchema, finding: z.enum(FINDINGS) })),
    }),
  ),
});

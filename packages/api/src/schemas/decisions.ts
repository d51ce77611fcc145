import { z } from "zod";
import { FINDINGS, OUTCOMES } from "@secondlook/domain/decisions/outcome";
import { REASON_CODES } from "@secondlook/domain/decisions/reasons";
import { candidateIdSchema, caseIdSchema, claimResultSchema, leaseRefSchema } from "./work.ts";

export const decisionIdSchema = z.templateLiteral([
  "dec_",
  z.string().regex(/^[0-9A-Za-z]{1,26}$/),
]);

export const submitInput = leaseRefSchema.extend({
  outcome: z.enum(OUTCOMES),
  /** One finding for every shown candidate. */
  findings: z
    .array(z.strictObject({ candidateId: candidateIdSchema, finding: z.enum(FINDINGS) }))
    .max(20),
  reasons: z.array(z.enum(REASON_CODES)).min(1).max(8),
  rationale: z.string().max(4000),
  /** A legitimate need for further accounts: which of the found accounts, why, until when. */
  exemption: z
    .strictObject({
      candidateIds: z.array(candidateIdSchema).min(1).max(20),
      reason: z.enum(REASON_CODES),
      note: z.string().max(4000),
      expiresAt: z.iso.datetime({ offset: true }),
    })
    .nullable(),
  /** Only with `inconclusive`: ask upstream for a new capture, or a lead (with a question). */
  inconclusiveRoute: z.enum(["new_capture", "lead"]).nullable(),
  question: z.string().max(4000).nullable(),
});

export const submitOutput = z.object({ decisionId: decisionIdSchema, undoUntil: z.iso.datetime() });

export const undoInput = z.strictObject({ decisionId: decisionIdSchema });
/** The case is the author's again, with a new fence; the one on screen went back to reserved. */
export const undoOutput = claimResultSchema;

/** The last thing one decided, while it can be undone: a page that was loaded anew offers it again. */
export const undoableOutput = z.object({
  decision: z
    .object({
      decisionId: decisionIdSchema,
      caseId: caseIdSchema,
      outcome: z.enum(OUTCOMES),
      undoUntil: z.iso.datetime(),
    })
    .nullable(),
});

/** One's own newest decisions; nothing of what others said or what became of the case. */
export const mineOutput = z.object({
  rows: z.array(
    z.object({
      decisionId: decisionIdSchema,
      externalId: z.string(),
      outcome: z.enum(OUTCOMES),
      decidedAt: z.iso.datetime(),
      /** It can't be undone any more. */
      final: z.boolean(),
      reported: z.boolean(),
    }),
  ),
});

import { z } from "zod";
import { MISTAKE_OUTCOMES } from "@secondlook/domain/decisions/mistake";
import { OUTCOMES } from "@secondlook/domain/decisions/outcome";
import { decisionIdSchema } from "./decisions.ts";
import { plainText } from "./text.ts";
import { caseIdSchema } from "./work.ts";

const noteSchema = z.string().trim().min(1).max(4000);

export const reportMistakeInput = z.strictObject({
  decisionId: decisionIdSchema,
  /** What was wrong, for the lead. */
  note: noteSchema,
});

/** For leads: decisions whose authors say that they were wrong. */
export const mistakesInput = z.strictObject({
  region: plainText(6).nullable(),
  /** Those that were dealt with, the last one first; else those that wait, the oldest first. */
  handled: z.boolean(),
  cursor: plainText(200).nullable(),
});
export const mistakesOutput = z.object({
  rows: z.array(
    z.object({
      decisionId: decisionIdSchema,
      caseId: caseIdSchema,
      externalId: z.string(),
      region: z.string(),
      outcome: z.enum(OUTCOMES),
      by: z.string(),
      /** The asker's own, which another lead has to close. */
      isYours: z.boolean(),
      decidedAt: z.iso.datetime(),
      reportedAt: z.iso.datetime(),
      handled: z
        .object({ at: z.iso.datetime(), by: z.string(), how: z.enum(MISTAKE_OUTCOMES) })
        .nullable(),
    }),
  ),
  nextCursor: z.string().nullable(),
});

export const readMistakeInput = z.strictObject({ decisionId: decisionIdSchema });
export const readMistakeOutput = z.object({ note: z.string(), answer: z.string().nullable() });

export const closeMistakeInput = z.strictObject({
  decisionId: decisionIdSchema,
  how: z.enum(MISTAKE_OUTCOMES),
  /** What was done, for whoever reads it later. */
  note: noteSchema.nullable(),
});

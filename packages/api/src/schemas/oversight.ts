import { z } from "zod";
import { STAFF_ROLES } from "@secondlook/domain/access/roles";
import { AGE_BANDS, DUE_BANDS } from "@secondlook/domain/queue/bands";
import { NOBODY_REASONS } from "@secondlook/domain/queue/nobody";
import { SHIFT_STATES } from "@secondlook/domain/queue/shift";
import { decisionIdSchema } from "./decisions.ts";
import { overviewOutput } from "./queue.ts";
import { plainText } from "./text.ts";
import { caseIdSchema } from "./work.ts";

const region = plainText(6).nullable();

/** How old the backlog is and when it is due, as the asker is told, and what asks for a lead. */
export const summaryInput = z.strictObject({ region });
export const summaryOutput = z.object({
  ages: z.array(z.object({ band: z.enum(AGE_BANDS), count: z.int() })),
  dues: z.array(z.object({ band: z.enum(DUE_BANDS), count: z.int() })),
  /** Cases that nobody may take. */
  stuck: z.int(),
  /** Of cases of which nothing has to be kept from the asker, as in the lists. */
  mistakes: z.int(),
  questions: z.int(),
});

export const onShiftOutput = z.object({
  people: z.array(
    z.object({
      staffId: z.string(),
      displayName: z.string(),
      role: z.enum(STAFF_ROLES),
      isYou: z.boolean(),
      state: z.enum(SHIFT_STATES),
      /** Null where their session has ended and only the lease is left. */
      seenAt: z.iso.datetime().nullable(),
      /** The case that they have open; one that is kept ready for them is not told. */
      holds: z
        .object({
          caseId: caseIdSchema,
          region: z.string(),
          since: z.iso.datetime(),
          until: z.iso.datetime(),
        })
        .nullable(),
    }),
  ),
  /** More people are there than the list has. */
  cut: z.boolean(),
});

export const nobodyInput = z.strictObject({ region, cursor: plainText(200).nullable() });
export const nobodyOutput = z.object({
  rows: z.array(
    overviewOutput.shape.rows.element
      .pick({
        caseId: true,
        region: true,
        priority: true,
        dueAt: true,
        waitingSince: true,
        stage: true,
      })
      .extend({
        /** Null where the asker could still judge it and has only passed it on. */
        why: z
          .object({
            reason: z.enum(NOBODY_REASONS),
            languages: z.array(z.string()),
            skills: z.array(z.string()),
            /** How many of those who fit are kept from it by what. */
            kept: z.object({
              conflict: z.int(),
              judged: z.int(),
              openedPage: z.int(),
              passed: z.int(),
            }),
          })
          .nullable(),
      }),
  ),
  nextCursor: z.string().nullable(),
});

export const questionsInput = z.strictObject({ region });
export const questionsOutput = z.object({
  rows: z.array(
    z.object({
      decisionId: decisionIdSchema,
      caseId: caseIdSchema,
      region: z.string(),
      askedBy: z.string(),
      askedAt: z.iso.datetime(),
      dueAt: z.iso.datetime(),
      /** The lead who has it before them now. */
      heldBy: z.string().nullable(),
      /** Leads who may still be given it. */
      leadsLeft: z.int(),
    }),
  ),
  cut: z.boolean(),
});

export const readQuestionInput = z.strictObject({ decisionId: decisionIdSchema });
export const readQuestionOutput = z.object({ question: z.string() });

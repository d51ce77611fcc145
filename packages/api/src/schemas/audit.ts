import { UUID7 } from "@secondlook/audit/uuid7";
import { AUDIT_PURPOSES } from "@secondlook/domain/access/audit-purposes";
import { z } from "zod";
import { isPostgresYear, plainText } from "./text.ts";
import { caseIdSchema } from "./work.ts";

const day = z.iso.date().refine(isPostgresYear);
/** A place in the log. */
const place = z.int().min(0);
const cursor = z.strictObject({ before: place, page: z.int().min(2) });

export const auditQueryInput = z.strictObject({
  purpose: z.enum(AUDIT_PURPOSES),
  kind: plainText(64).nullable(),
  /** An account's name, or the id of whoever acted. */
  who: plainText(64).nullable(),
  caseId: caseIdSchema.nullable(),
  subjectId: z.templateLiteral(["sub_", z.string().regex(/^[0-9A-Za-z]{1,26}$/)]).nullable(),
  from: day.nullable(),
  to: day.nullable(),
  cursor: cursor.nullable(),
});

/** Of a leaf whoever could write the log may have written anything: ids are shown as they are. */
export const auditQueryOutput = z.object({
  rows: z.array(
    z.object({
      index: place,
      eid: z.string(),
      at: z.iso.datetime(),
      kind: z.string(),
      outcome: z.string(),
      actor: z.string(),
      /** From the directory; null where it knows nobody by this id. */
      name: z.string().nullable(),
      role: z.string(),
      caseId: z.string().nullable(),
      subjectId: z.string().nullable(),
    }),
  ),
  page: z.int(),
  nextCursor: cursor.nullable(),
});

export const auditProofInput = z.strictObject({
  purpose: z.enum(AUDIT_PURPOSES),
  eid: z.string().regex(UUID7),
  index: place,
});

export const auditProofOutput = z.object({
  index: place,
  /** The leaf's exact bytes, base64. */
  leaf: z.base64(),
  /** From the directory. */
  name: z.string().nullable(),
  /** A proof file (c2sp.org/tlog-proof) that holds the leaf; null while no signed head covers it. */
  proof: z.string().nullable(),
  /** The log's verifier key. */
  key: z.string(),
});

export const auditMineInput = z.strictObject({ cursor: cursor.nullable() });

/** Nothing that tells which round of a case it was. */
export const auditMineOutput = z.object({
  rows: z.array(
    z.object({
      eid: z.string(),
      at: z.iso.datetime(),
      kind: z.string(),
      outcome: z.string(),
      caseId: z.string().nullable(),
    }),
  ),
  nextCursor: cursor.nullable(),
});

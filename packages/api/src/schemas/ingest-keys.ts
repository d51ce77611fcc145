import { z } from "zod";
import { plainText } from "./text.ts";

/** What a source is called: an upstream system, never a person. */
export const sourceNameSchema = z
  .string()
  .regex(
    /^[a-z0-9][a-z0-9._-]{0,63}$/,
    "A source's name is up to 64 small letters, digits, dots, dashes or underscores.",
  );
/** Which of a source's keys it is, such as `batch job`. */
export const keyLabelSchema = plainText(64).refine(
  (text) => text.trim() !== "" && !/\p{C}/u.test(text),
  {
    error: "A label is up to 64 characters.",
  },
);

const keyIdSchema = z.templateLiteral(["key_", z.string().regex(/^[0-9A-Za-z]{1,26}$/)]);

export const listKeysOutput = z.object({
  keys: z.array(
    z.object({
      keyId: keyIdSchema,
      source: z.string(),
      label: z.string(),
      createdAt: z.iso.datetime(),
      /** To the minute; null where it was never used. */
      lastUsedAt: z.iso.datetime().nullable(),
      revokedAt: z.iso.datetime().nullable(),
    }),
  ),
});

export const createKeyInput = z.strictObject({ source: sourceNameSchema, label: keyLabelSchema });
/** The only answer that ever holds the key. */
export const createKeyOutput = z.object({ keyId: keyIdSchema, key: z.string() });

export const revokeKeyInput = z.strictObject({ keyId: keyIdSchema });

import { z } from "zod";

/** C0 and C1 controls, and the separators that break lines in logs and lists. */
const CONTROLS = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/u;

/** Spaces of any kind, and characters that show nothing by themselves, Hangul's filler among them. */
const SHOWN = /[^\p{White_Space}\p{Default_Ignorable_Code_Point}]/u;

/**
 * Text in any script: brought to NFC, no control characters, no lone surrogates, and
 * something that can be seen.
 *
 * @param max code points, not UTF-16 units, so that every script has the same room.
 */
export function textSchema(max: number): z.ZodType<string, string> {
  return z
    .string()
    .min(1, "This must not be empty; leave it out instead.")
    .meta({ description: `Brought to Unicode's NFC; then at most ${max} code points.` })
    .refine((text) => text.isWellFormed(), {
      error: "This is not well-formed Unicode (a lone surrogate).",
    })
    .refine((text) => !CONTROLS.test(text), {
      error: "Control characters and line breaks are not allowed here.",
    })
    .refine((text) => !/\p{Noncharacter_Code_Point}/u.test(text), {
      error: "This holds a code point that is no character (such as U+FFFF); take it out.",
    })
    .refine((text) => SHOWN.test(text), {
      error: "This is only white space or characters that show nothing; leave it out instead.",
    })
    .transform((text) => text.normalize("NFC"))
    .refine((text) => [...text].length <= max, { error: `At most ${max} characters.` });
}

/** An id of the upstream system: opaque, printable, without white space. */
export const externalIdSchema = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._:@/-]{0,127}$/,
    "An id is up to 128 letters, digits or . _ : @ / -, beginning with a letter or digit.",
  );

/** Nothing in a case is older, and no later year has four digits; both in UTC, as they are kept. */
const FIRST_INSTANT = Date.parse("1900-01-01T00:00:00Z");
const LAST_INSTANT = Date.parse("9999-12-31T23:59:59.999Z");

/** An instant with an offset, such as 2026-11-02T09:14:03Z. */
export const instantSchema = z.iso
  .datetime({
    offset: true,
    error: ({ input }) =>
      `${input === undefined ? "This is needed; give" : "Give"} an instant with its offset, such as 2026-11-02T09:14:03Z.`,
  })
  .refine((text) => !(Date.parse(text) < FIRST_INSTANT), {
    error: "This instant is before 1900; send the true one.",
  })
  .refine((text) => !(Date.parse(text) > LAST_INSTANT), {
    error: "This instant is after the year 9999; send the true one.",
  });

/** ISO 3166-1 alpha-2, or 3166-2. */
export const regionSchema = z
  .string()
  .regex(/^[A-Z]{2}(-[A-Z0-9]{1,3})?$/, "A region is an ISO 3166 code such as “VN” or “US-CA”.");

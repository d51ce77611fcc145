import { z } from "zod";

/**
 * What the provider answered, whole and unchanged: fields nobody knows today may matter tomorrow. It
 * is sealed as the scores are. Its size is bounded with that of the whole case.
 */
export const providerAnswerSchema = z
  .record(z.string(), z.unknown())
  .superRefine((answer, context) => {
    const path = brokenText(answer, []);
    if (path === undefined) return;
    context.addIssue({
      code: "custom",
      path,
      message: "This is not well-formed Unicode (a lone surrogate).",
    });
  });

/** Where text stands that no encoding can write, or undefined. */
function brokenText(value: unknown, path: string[]): string[] | undefined {
  if (typeof value === "string") return value.isWellFormed() ? undefined : path;
  if (typeof value !== "object" || value === null) return undefined;
  for (const [key, item] of Object.entries(value)) {
    const found = key.isWellFormed() ? brokenText(item, [...path, key]) : path;
    if (found !== undefined) return found;
  }
  return undefined;
}

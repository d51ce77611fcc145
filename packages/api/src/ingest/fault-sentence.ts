import type { z } from "zod";

const KINDS: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  boolean: "true or false",
  array: "a list",
  object: "an object",
};

/**
 * What is wrong with a value and what to send instead, for faults that the schema has no sentence of
 * its own for. Never the value itself.
 */
export function faultSentence(issue: z.core.$ZodRawIssue): string {
  const sentence = sentenceOf(issue);
  if (issue.input !== undefined) return sentence;
  return `This is needed; ${sentence.charAt(0).toLowerCase()}${sentence.slice(1)}`;
}

function sentenceOf(issue: z.core.$ZodRawIssue): string {
  switch (issue.code) {
    case "invalid_type":
      if (issue.expected === "number" && typeof issue.input === "number") {
        return "Send a number that is not so large.";
      }
      return `Send ${KINDS[issue.expected] ?? "a value of another kind"}${
        issue.input === null ? ", not null" : ""
      }.`;
    case "invalid_value": {
      const allowed = issue.values.map(String);
      return allowed.length === 1
        ? `Send “${allowed.join("")}”.`
        : `Send one of these: ${allowed.map((value) => `“${value}”`).join(", ")}.`;
    }
    case "too_small":
      return bound(issue.origin, Number(issue.minimum), issue.inclusive === false, false);
    case "too_big":
      return bound(issue.origin, Number(issue.maximum), issue.inclusive === false, true);
    default:
      return "Send this in the form that /v1/openapi.json describes.";
  }
}

function bound(origin: string, limit: number, isStrict: boolean, isTop: boolean): string {
  if (origin === "number") {
    if (isStrict) return `Send a number ${isTop ? "under" : "over"} ${limit}.`;
    return `Send a number of ${limit} or ${isTop ? "less" : "more"}.`;
  }
  const noun = origin === "array" ? "item" : "character";
  return `Send ${isTop ? "at most" : "at least"} ${limit} ${noun}${limit === 1 ? "" : "s"}.`;
}

import { type Fault, pointerOf, Problem } from "./problem.ts";
import { type JsonFault, type JsonFaultCode, scanJson } from "./scan-json.ts";

const MAX_JSON_BYTES = 1024 * 1024;
/** A full case has about 3,000 values, six deep; a provider's own answer may stand in it too. */
const LIMITS = { depth: 32, values: 20_000, nameLength: 128, numberLength: 64 };

/** What is wrong with the value at the pointer. */
const DETAILS = {
  cut_off: "This is not JSON: it ends before it is complete.",
  not_json: "This is not JSON",
  too_deep: `This is nested over ${LIMITS.depth} deep; no case is.`,
  too_many_values: `Here the case has over ${LIMITS.values} values; no case has so many.`,
  name_too_long: `A field here has a name of over ${LIMITS.nameLength} characters; leave it out.`,
  number_too_long: `Send a number of at most ${LIMITS.numberLength} characters.`,
  named_twice: "This field is named twice; name it once, as only one of the two could count.",
} as const satisfies Record<JsonFaultCode, string>;

/**
 * The value of a part, or a body, that holds JSON: at most 1 MB, UTF-8 without a byte order mark, within limits
 * that are checked before anything is made of it, no field named twice.
 *
 * @param what it is called in sentences.
 * @throws Problem 413 or 422 with a pointer, and never what stands there.
 */
export function readJson(bytes: Uint8Array, what = "The part “case”"): unknown {
  if (bytes.length > MAX_JSON_BYTES) {
    throw new Problem(
      413,
      "case_part_too_large",
      `${what} is over 1 MB; files belong into parts of their own.`,
    );
  }
  if (bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf) {
    throw refused("case_has_mark", `${what} begins with a byte order mark; send plain UTF-8.`, [
      { pointer: "", detail: "The first three bytes are a byte order mark; leave them out." },
    ]);
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw refused("case_not_utf8", `${what} is not UTF-8.`, [
      { pointer: "", detail: "Not UTF-8." },
    ]);
  }
  const found = scanJson(text, LIMITS);
  const [first] = found;
  if (first !== undefined) throw problemOf(first, found, { text, what });
  const value: unknown = JSON.parse(text);
  return value;
}

function problemOf(
  first: JsonFault,
  all: readonly JsonFault[],
  { text, what }: { readonly text: string; readonly what: string },
): Problem {
  if (first.code === "cut_off" || first.code === "not_json") {
    const where = first.code === "not_json" ? `: ${placeOf(first.at, text)}.` : "";
    return refused("case_not_json", `${what} is not JSON.`, [
      { pointer: "", detail: `${DETAILS[first.code]}${where}` },
    ]);
  }
  // One pointer may be named three times.
  const faults = new Map(all.map(({ code, path }) => [pointerOf(path), DETAILS[code]]));
  return refused(
    `case_${first.code}`,
    `${what} holds JSON that can't be taken; “errors” says where and why.`,
    [...faults].map(([pointer, detail]) => ({ pointer, detail })),
  );
}

function placeOf(at: number, text: string): string {
  const before = text.slice(0, at).split("\n");
  return `look at line ${before.length}, column ${[...(before.at(-1) ?? "")].length + 1}`;
}

function refused(reason: string, detail: string, faults: readonly Fault[]): Problem {
  return new Problem(422, reason, detail, faults);
}

import { boundaryOf, MultipartError, type Part, parseMultipart } from "./multipart.ts";
import { Problem } from "./problem.ts";
import { readBody } from "./read-body.ts";

const MAX_CASE_BYTES = 1024 * 1024;

/** The parts of a case as they were sent. */
export interface CaseParts {
  readonly body: unknown;
  /** By part name, which is the evidence's ref. */
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
}

/**
 * Reads a request whole, within the limit, and takes it apart: the part `case` (JSON) first, then a
 * file for each other name.
 *
 * @throws Problem 400, 408, 413, 415 or 422 with a sentence.
 */
export async function readCaseParts(
  request: Request,
  maxFiles: number,
  deadline: AbortSignal,
): Promise<CaseParts> {
  const boundary = boundaryOf(request.headers.get("content-type") ?? "");
  if (boundary === undefined) {
    throw new Problem(
      415,
      "not_multipart",
      "Send the case as multipart/form-data: the part “case” first, then one file part for each evidence ref.",
    );
  }
  const [first, ...rest] = await partsOf(await readBody(request, deadline), boundary, maxFiles + 1);
  if (first?.name !== "case") {
    throw new Problem(
      422,
      "case_part_missing",
      "The first part must be called “case” and hold the case as JSON.",
      [{ pointer: "", detail: "The part “case” is missing or not the first." }],
    );
  }
  const body = readJson(first.bytes);
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const { name, bytes } of rest) {
    if (files.has(name) || name === "case") {
      throw new Problem(
        422,
        "part_twice",
        "Two parts have the same name; each evidence ref has one file.",
        [{ pointer: "", detail: "A part's name is used twice." }],
      );
    }
    files.set(name, bytes);
  }
  return { body, files };
}

async function partsOf(
  bytes: Uint8Array<ArrayBuffer>,
  boundary: string,
  maxParts: number,
): Promise<readonly Part[]> {
  let parts: readonly Part[];
  try {
    parts = await parseMultipart(bytes, boundary, maxParts, nextTurn);
  } catch (error) {
    if (!(error instanceof MultipartError)) throw error;
    throw new Problem(
      400,
      "broken_multipart",
      `The multipart body can't be read: ${error.message}. Send it again whole.`,
    );
  }
  if (parts.length > maxParts) {
    throw new Problem(
      413,
      "too_many_parts",
      `The request has too many parts; at most ${maxParts - 1} files and the part “case” are taken.`,
    );
  }
  return parts;
}

/** Where JSON ends to be JSON, as far as the engine's message tells it; never what stands there. */
function whereOf(error: unknown, text: string): string {
  const message = error instanceof Error ? error.message : "";
  if (message.startsWith("Unexpected end")) return ": it ends before it is complete";
  const position = / in JSON at position (\d{1,9})(?: \([\w ]+\))?$/.exec(message)?.[1];
  if (position === undefined) return "";
  const before = text.slice(0, Number(position)).split("\n");
  return `: look at line ${before.length}, column ${[...(before.at(-1) ?? "")].length + 1}`;
}

/** Lets whatever else is ready run first. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}

function readJson(bytes: Uint8Array): unknown {
  if (bytes.length > MAX_CASE_BYTES) {
    throw new Problem(
      413,
      "case_part_too_large",
      "The part “case” is over 1 MB; files belong into parts of their own.",
    );
  }
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new Problem(422, "case_not_utf8", "The part “case” is not UTF-8.", [
      { pointer: "", detail: "Not UTF-8." },
    ]);
  }
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch (error) {
    throw new Problem(422, "case_not_json", "The part “case” is not JSON.", [
      { pointer: "", detail: `This is not JSON${whereOf(error, text)}.` },
    ]);
  }
}

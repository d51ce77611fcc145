import { boundaryOf, isMultipart, MultipartError, type Part, parseMultipart } from "./multipart.ts";
import { Problem } from "./problem.ts";
import { readBody } from "./read-body.ts";
import { readJson } from "./read-json.ts";

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
  const boundary = boundaryIn(request);
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
  for (const [at, { name, bytes }] of rest.entries()) {
    if (files.has(name) || name === "case") {
      throw new Problem(
        422,
        "part_twice",
        "Two parts have the same name; each evidence ref has one file.",
        [{ pointer: "", detail: `Part ${at + 2} of the request has the name of an earlier one.` }],
      );
    }
    files.set(name, bytes);
  }
  return { body, files };
}

/** What the headers tell is told before a byte of the body is read. */
function boundaryIn(request: Request): string {
  const contentType = request.headers.get("content-type") ?? "";
  if (!isMultipart(contentType)) {
    throw new Problem(
      415,
      "not_multipart",
      "Send the case as multipart/form-data: the part “case” first, then one file part for each evidence ref.",
    );
  }
  const boundary = boundaryOf(contentType);
  if (boundary !== undefined) return boundary;
  throw new Problem(
    400,
    "no_boundary",
    "The content type must name one boundary of up to 70 letters, digits and marks; let your HTTP library write it.",
  );
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

/** Lets whatever else is ready run first. */
function nextTurn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}

import { Problem } from "./problem.ts";

/** At most this much is read of one request, whatever its headers say. */
export const MAX_REQUEST_BYTES = 128 * 1024 * 1024;
const MAX_CASE_BYTES = 1024 * 1024;

/** The parts of a case as they were sent. */
export interface CaseParts {
  readonly body: unknown;
  /** By part name, which is the evidence's ref. */
  readonly files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>;
}

/**
 * Reads a `multipart/form-data` request whole, within the limit, and takes it apart: the part
 * `case` (JSON), and a file for each other name.
 *
 * @throws Problem 413, 415, 400 or 422 with a sentence.
 */
export async function readMultipart(request: Request, maxFiles: number): Promise<CaseParts> {
  const type = request.headers.get("content-type") ?? "";
  if (!/^multipart\/form-data\s*;/i.test(type)) {
    throw new Problem(
      415,
      "not_multipart",
      "Send the case as multipart/form-data: the part “case” first, then one file part for each evidence ref.",
    );
  }
  const bytes = await readLimited(request);
  let form: FormData;
  try {
    form = await new Response(bytes, { headers: { "content-type": type } }).formData();
  } catch {
    throw new Problem(
      400,
      "broken_multipart",
      "The multipart body can't be read: a boundary or a part's header is missing, or the body was cut off. Send it again whole.",
    );
  }
  const parts = [...form.entries()];
  if (parts.length > maxFiles + 1) {
    throw new Problem(
      413,
      "too_many_parts",
      `The request has ${parts.length} parts; at most ${maxFiles} files and the part “case” are taken.`,
    );
  }
  const [first, ...rest] = parts;
  if (first === undefined || first[0] !== "case") {
    throw new Problem(
      422,
      "case_part_missing",
      "The first part must be called “case” and hold the case as JSON.",
      [{ pointer: "", detail: "The part “case” is missing or not the first." }],
    );
  }
  const text = typeof first[1] === "string" ? first[1] : await decodeText(first[1]);
  if (text.length > MAX_CASE_BYTES) {
    throw new Problem(
      413,
      "case_part_too_large",
      "The part “case” is over 1 MB; files belong into parts of their own.",
    );
  }
  const body = parseJson(text);
  const files = new Map<string, Uint8Array<ArrayBuffer>>();
  for (const [name, value] of rest) {
    if (files.has(name) || name === "case") {
      throw new Problem(
        422,
        "part_twice",
        "Two parts have the same name; each evidence ref has one file.",
        [{ pointer: "", detail: "A part's name is used twice." }],
      );
    }
    const file =
      typeof value === "string"
        ? new TextEncoder().encode(value)
        : new Uint8Array(await value.arrayBuffer());
    files.set(name, file);
  }
  return { body, files };
}

async function decodeText(file: File): Promise<string> {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
  } catch {
    throw new Problem(422, "case_not_utf8", "The part “case” is not UTF-8.", [
      { pointer: "", detail: "Not UTF-8." },
    ]);
  }
}

function parseJson(text: string): unknown {
  try {
    const value: unknown = JSON.parse(text);
    return value;
  } catch {
    throw new Problem(422, "case_not_json", "The part “case” is not JSON.", [
      { pointer: "", detail: "This is not JSON." },
    ]);
  }
}

async function readLimited(request: Request): Promise<Uint8Array<ArrayBuffer>> {
  const tooLarge = (): Problem =>
    new Problem(
      413,
      "request_too_large",
      "The request is over 128 MB; send fewer or smaller files.",
    );
  if (Number(request.headers.get("content-length") ?? 0) > MAX_REQUEST_BYTES) throw tooLarge();
  if (request.body === null) throw new Problem(400, "no_body", "The request has no body.");
  const chunks: Uint8Array[] = [];
  let length = 0;
  try {
    for await (const chunk of streamOf(request.body)) {
      length += chunk.length;
      if (length > MAX_REQUEST_BYTES) throw tooLarge();
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw new Problem(400, "body_cut_off", "The request ended before its body did; send it again.");
  }
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

async function* streamOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

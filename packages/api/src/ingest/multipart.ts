/** One part of a `multipart/form-data` body; its bytes are a view of the body, not a copy. */
export interface Part {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The body is not what its content type says. The message is a sentence's end. */
export class MultipartError extends Error {
  override readonly name = "MultipartError";
}

const encoder = new TextEncoder();
const dashes = encoder.encode("--");
const lineBreak = encoder.encode("\r\n");
const emptyLine = encoder.encode("\r\n\r\n");
const CR = 13;
const LF = 10;
const MAX_HEAD_BYTES = 8_192;
/** How much is searched before others get their turn: a few milliseconds' work. */
const STRETCH_BYTES = 4 * 1024 * 1024;
const PLAIN_ENCODINGS = ["7bit", "8bit", "binary"];

/** The boundary of a content type (RFC 2046: 1 to 70 characters), or undefined. */
export function boundaryOf(contentType: string): string | undefined {
  const found =
    /^multipart\/form-data\s*;(?:.*;)?\s*boundary\s*=\s*(?:"([^"]{1,70})"|([^\s;"]{1,70})(?=[\s;]|$))/i.exec(
      contentType,
    );
  return found?.[1] ?? found?.[2];
}

/**
 * Takes a whole body apart (RFC 7578) without copying it: the platform's `formData()` holds the body
 * three times over, replaces broken text silently and takes a body that was cut off between parts.
 * Each byte is looked at twice at most, whatever the body is made of.
 *
 * @param maxParts further ones are not looked at: the answer then has `maxParts + 1`.
 * @param breathe waited for after every few megabytes, so that other requests get their turn.
 * @throws MultipartError where a boundary, a head or the end is missing.
 */
export async function parseMultipart(
  body: Uint8Array<ArrayBuffer>,
  boundary: string,
  maxParts: number,
  breathe: () => Promise<void>,
): Promise<readonly Part[]> {
  const delimiter = encoder.encode(`\r\n--${boundary}`);
  const parts: Part[] = [];
  // The first delimiter may stand at the very start, without the line break before it.
  let at = delimiter.length - 2;
  if (!startsWith(body, delimiter.subarray(2), 0)) {
    const first = await find(body, delimiter, 0, breathe);
    if (first === -1) throw new MultipartError("its boundary does not occur in it");
    at = first + delimiter.length;
  }
  for (;;) {
    if (startsWith(body, dashes, at)) return parts;
    const lineEnd = at + MAX_HEAD_BYTES;
    while (at < lineEnd && (body[at] === 32 || body[at] === 9)) at += 1;
    if (!startsWith(body, lineBreak, at))
      throw new MultipartError("a boundary has no line of its own");
    // The head ends with an empty line; a head of no lines begins with it.
    const headEnd = findWithin(body, emptyLine, at, at + MAX_HEAD_BYTES + 1);
    if (headEnd === -1) throw new MultipartError("a part's head has no end");
    const name = nameOf(body.subarray(at + 2, Math.max(at + 2, headEnd)));
    const start = headEnd + emptyLine.length;
    // The delimiter's own line break may be the head's last one, around a part of no bytes.
    const end = await find(body, delimiter, start - 2, breathe);
    if (end === -1) throw new MultipartError("the last boundary is missing, so it was cut off");
    parts.push({ name, bytes: body.subarray(start, Math.max(start, end)) });
    if (parts.length > maxParts) return parts;
    at = end + delimiter.length;
  }
}

/** The name in a part's head. */
function nameOf(head: Uint8Array): string {
  let text: string;
  try {
    text = new TextDecoder("utf-8", { fatal: true }).decode(head);
  } catch {
    throw new MultipartError("a part's head is not UTF-8");
  }
  let name: string | undefined;
  for (const line of text.split("\r\n")) {
    const colon = line.indexOf(":");
    const field = line.slice(0, colon).trim().toLowerCase();
    const value = line.slice(colon + 1).trim();
    if (field === "content-transfer-encoding" && !PLAIN_ENCODINGS.includes(value.toLowerCase())) {
      throw new MultipartError("a part is encoded; send its bytes as they are");
    }
    if (field === "content-disposition") name = dispositionName(value);
  }
  if (name === undefined) throw new MultipartError("a part has no name");
  return name;
}

function dispositionName(value: string): string | undefined {
  if (!/^form-data\s*(;|$)/i.test(value)) return undefined;
  // One parameter after the other, so that a file's name can't pass for the part's.
  for (const [, key, quoted, bare] of value.matchAll(
    /;\s*([!#$%&'*+.^_`|~\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]*))/g,
  )) {
    if (key?.toLowerCase() === "name") return quoted ?? bare;
  }
  return undefined;
}

async function find(
  body: Uint8Array,
  needle: Uint8Array,
  from: number,
  breathe: () => Promise<void>,
): Promise<number> {
  for (let at = from; at < body.length; at += STRETCH_BYTES) {
    const found = findWithin(body, needle, at, at + STRETCH_BYTES);
    if (found !== -1) return found;
    if (at + STRETCH_BYTES < body.length) await breathe();
  }
  return -1;
}

/**
 * Where a needle stands that begins with CR LF and has no other CR LF before its last byte but one;
 * it begins at `from` or later and before `to`. A plain loop: the platform's search for one byte
 * costs a call for each CR, which a body made of them turns into seconds.
 */
function findWithin(body: Uint8Array, needle: Uint8Array, from: number, to: number): number {
  const last = Math.min(to, body.length - needle.length + 1);
  let at = from;
  while (at < last) {
    if (body[at + 1] !== LF) {
      // Neither here nor, unless it is a CR, at the next byte.
      at += body[at + 1] === CR ? 1 : 2;
      continue;
    }
    if (body[at] !== CR) {
      at += 2;
      continue;
    }
    let same = 2;
    while (same < needle.length && body[at + same] === needle[same]) same += 1;
    if (same === needle.length) return at;
    // Nothing that begins within what was the same can be the needle.
    at += same;
  }
  return -1;
}

function startsWith(body: Uint8Array, needle: Uint8Array, at: number): boolean {
  let same = 0;
  while (same < needle.length && body[at + same] === needle[same]) same += 1;
  return same === needle.length;
}

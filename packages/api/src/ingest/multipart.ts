/** One part of a `multipart/form-data` body; its bytes are a view of the body, not a copy. */
export interface Part {
  readonly name: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** The body is not what its content type says. The message is a sentence's end. */
export class MultipartError extends Error {
  override readonly name = "MultipartError";
}

const CR = 13;
const MAX_HEAD_BYTES = 8_192;
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
 *
 * @param maxParts further ones are not looked at: the answer then has `maxParts + 1`.
 * @throws MultipartError where a boundary, a head or the end is missing.
 */
export function parseMultipart(
  body: Uint8Array<ArrayBuffer>,
  boundary: string,
  maxParts: number,
): readonly Part[] {
  const delimiter = new TextEncoder().encode(`\r\n--${boundary}`);
  const parts: Part[] = [];
  // The first delimiter may stand at the very start, without the line break before it.
  let at = startsWith(body, delimiter.subarray(2), 0)
    ? delimiter.length - 2
    : endOf(body, delimiter, 0);
  for (;;) {
    if (startsWith(body, dashes, at)) return parts;
    while (body[at] === 32 || body[at] === 9) at += 1;
    if (!startsWith(body, lineBreak, at))
      throw new MultipartError("a boundary has no line of its own");
    // The head ends with an empty line; a head of no lines begins with it.
    const headEnd = find(body, emptyLine, at);
    if (headEnd === -1 || headEnd - at > MAX_HEAD_BYTES) {
      throw new MultipartError("a part's head has no end");
    }
    const name = nameOf(body.subarray(at + 2, Math.max(at + 2, headEnd)));
    const start = headEnd + emptyLine.length;
    // The delimiter's own line break may be the head's last one, around a part of no bytes.
    const end = find(body, delimiter, start - 2);
    if (end === -1) throw new MultipartError("the last boundary is missing, so it was cut off");
    parts.push({ name, bytes: body.subarray(start, Math.max(start, end)) });
    if (parts.length > maxParts) return parts;
    at = end + delimiter.length;
  }
}

const encoder = new TextEncoder();
const dashes = encoder.encode("--");
const lineBreak = encoder.encode("\r\n");
const emptyLine = encoder.encode("\r\n\r\n");

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

function endOf(body: Uint8Array, delimiter: Uint8Array, from: number): number {
  const found = find(body, delimiter, from);
  if (found === -1) throw new MultipartError("its boundary does not occur in it");
  return found + delimiter.length;
}

/** Where a needle that begins with CR stands; the search for one byte is the platform's own, and fast. */
function find(body: Uint8Array, needle: Uint8Array, from: number): number {
  for (let at = body.indexOf(CR, from); at !== -1; at = body.indexOf(CR, at + 1)) {
    if (startsWith(body, needle, at)) return at;
  }
  return -1;
}

function startsWith(body: Uint8Array, needle: Uint8Array, at: number): boolean {
  return (
    at + needle.length <= body.length && needle.every((byte, index) => body[at + index] === byte)
  );
}

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

/** A parameter of a header's value, quoted or not (RFC 9110 section 5.6.6). */
const PARAMETER = /\s*;\s*([!#$%&'*+.^_`|~\w-]+)\s*=\s*(?:"((?:[^"\\]|\\.)*)"|([^\s;"]+))\s*/y;

/**
 * The boundary of a content type. Where it is named twice, or of characters that no boundary has
 * (RFC 2046 section 5.1.1), two readers could take the body apart differently: undefined too.
 */
export function boundaryOf(contentType: string): string | undefined {
  if (!isMultipart(contentType)) return undefined;
  const boundary = onlyParameter(contentType, "boundary");
  if (boundary === undefined) return undefined;
  return /^[\w'()+,./:=? -]{0,69}[\w'()+,./:=?-]$/.test(boundary) ? boundary : undefined;
}

/** Whether a content type is `multipart/form-data`, with a good boundary or not. */
export function isMultipart(contentType: string): boolean {
  return /^multipart\/form-data\s*(;|$)/i.test(contentType);
}

/** The value of a parameter; undefined where it is missing, named twice, or the rest can't be read. */
function onlyParameter(header: string, wanted: string): string | undefined {
  const found: string[] = [];
  for (let at = header.indexOf(";"); at !== -1 && at < header.length; at = PARAMETER.lastIndex) {
    PARAMETER.lastIndex = at;
    const parameter = PARAMETER.exec(header);
    // A lone semicolon at the end is a slip that changes nothing.
    if (parameter === null) return header.slice(at).trim() === ";" ? lone(found) : undefined;
    const [, key = "", quoted, bare = ""] = parameter;
    if (key.toLowerCase() === wanted) found.push(quoted ?? bare);
  }
  return lone(found);
}

function lone(found: readonly string[]): string | undefined {
  return found.length === 1 ? found[0] : undefined;
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
    text = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(head);
  } catch {
    throw new MultipartError("a part's head is not UTF-8");
  }
  const dispositions: string[] = [];
  for (const line of text === "" ? [] : text.split("\r\n")) {
    // A line break of another kind would be a new line to other readers, a NUL the end.
    if (CONTROLS.test(line)) throw new MultipartError("a part's head holds control characters");
    const colon = line.indexOf(":");
    const field = line.slice(0, Math.max(0, colon)).toLowerCase();
    // No colon, nothing before it, or a line that goes on from the one before.
    if (!/^[!#$%&'*+.^_`|~\w-]+$/.test(field))
      throw new MultipartError("a line of a part's head has no field's name");
    const value = line.slice(colon + 1).trim();
    if (field === "content-transfer-encoding" && !PLAIN_ENCODINGS.includes(value.toLowerCase())) {
      throw new MultipartError("a part is encoded; send its bytes as they are");
    }
    if (field === "content-disposition") dispositions.push(value);
  }
  const disposition = lone(dispositions) ?? "";
  // One parameter after the other, so that a file's name can't pass for the part's.
  const name = /^form-data\s*;/i.test(disposition) ? onlyParameter(disposition, "name") : undefined;
  if (name === undefined) throw new MultipartError("a part has no name, or several");
  return name;
}

const CONTROLS = /[\u0000-\u0008\u000a-\u001f\u007f-\u009f]/u;

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

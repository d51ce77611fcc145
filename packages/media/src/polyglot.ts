import { Reader } from "./binary.ts";
import { type Refused, unsupported } from "./refusal.ts";

/** The end record of a ZIP, with a comment of at most 65,535 bytes behind it. */
const ZIP_END = 22;
const LONGEST_COMMENT = 65_535;

/**
 * What else a file is beside the picture or film that its first bytes make it. ZIPs are read from
 * their end and PDFs need only begin within the first kilobyte, so both fit round a whole picture:
 * a scanner sees the one, whoever opens the file later the other. Undefined for honest files.
 */
export function alsoIs(bytes: Uint8Array): string | undefined {
  const r = new Reader(bytes);
  if (r.ascii(0, 1024).includes("%PDF-")) return "a PDF";
  return endsAsZip(bytes) ? "a ZIP archive" : undefined;
}

function endsAsZip(bytes: Uint8Array): boolean {
  const from = Math.max(0, bytes.length - ZIP_END - LONGEST_COMMENT);
  const tail = Buffer.from(bytes.buffer, bytes.byteOffset + from, bytes.length - from);
  for (let at = tail.lastIndexOf("PK\x05\x06", -1, "latin1"); at !== -1;) {
    if (at + ZIP_END <= tail.length && isZipEnd(tail, at)) return true;
    at = at === 0 ? -1 : tail.lastIndexOf("PK\x05\x06", at - 1, "latin1");
  }
  return false;
}

/** Disk numbers are zero and the directory lies in front: unlike any four bytes that look alike. */
function isZipEnd(tail: Buffer, at: number): boolean {
  return (
    tail.readUInt32LE(at + 4) === 0 && tail.readUInt16LE(at + 8) === tail.readUInt16LE(at + 10)
  );
}

/**
 * Refuses what stands behind a picture's end, where that is something to be wary of: markup,
 * programs, documents and archives. Second pictures, films and vendors' own blocks, as phones put
 * behind JPEGs, are left unread; behind `strict` formats nothing but zeros is honest.
 */
export function refuseTrailer(
  bytes: Uint8Array,
  end: number,
  format: { readonly name: string; readonly strict: boolean },
): Refused | undefined {
  const r = new Reader(bytes);
  let at = end;
  while (at < r.length && WHITE.has(r.u8(at))) at += 1;
  if (at >= r.length) return undefined;
  const text = r.ascii(at, 64);
  const isMarkup = /^<(!doctype|html|head|body|script|svg|\?xml|\?php|iframe|img)/i.test(text);
  const named = isMarkup
    ? "a web page or other markup"
    : TRAILERS.find(([signature]) => text.startsWith(signature))?.[1];
  const what = named ?? (format.strict ? "data that is no part of it" : undefined);
  return what === undefined
    ? undefined
    : unsupported(`the ${format.name} is followed by ${what}; send it alone, as a fresh copy`);
}

const WHITE: ReadonlySet<number> = new Set([0, 9, 10, 13, 32]);

const TRAILERS: readonly (readonly [string, string])[] = [
  ["PK\x03\x04", "a ZIP archive"],
  ["Rar!", "a RAR archive"],
  ["7z\xbc\xaf\x27\x1c", "a 7z archive"],
  ["\x1f\x8b", "a gzip archive"],
  ["%PDF", "a PDF"],
  ["GIF8", "a GIF"],
  ["MZ", "a program"],
  ["\x7fELF", "a program"],
  ["#!", "a script"],
];

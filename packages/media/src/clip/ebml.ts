import type { Reader } from "../binary.ts";

/** Element ids of Matroska and WebM (RFC 9559) that are asked for here. */
export const EBML = {
  header: 0x1a45dfa3,
  void: 0xec,
  crc32: 0xbf,
  docType: 0x4282,
  segment: 0x18538067,
  seekHead: 0x114d9b74,
  seek: 0x4dbb,
  seekPosition: 0x53ac,
  info: 0x1549a966,
  timestampScale: 0x2ad7b1,
  tracks: 0x1654ae6b,
  cluster: 0x1f43b675,
  timestamp: 0xe7,
  silentTracks: 0x5854,
  position: 0xa7,
  prevSize: 0xab,
  simpleBlock: 0xa3,
  blockGroup: 0xa0,
  block: 0xa1,
  blockDuration: 0x9b,
  referenceBlock: 0xfb,
  cues: 0x1c53bb6b,
  cuePoint: 0xbb,
  cueTrackPositions: 0xb7,
  cueClusterPosition: 0xf1,
  chapters: 0x1043a770,
  attachments: 0x1941a469,
  tags: 0x1254c367,
} as const;

/** One element. `end` is undefined where the size is unknown, as in live recordings. */
export interface Element {
  readonly id: number;
  readonly start: number;
  /** Where the size stands, for rewriting it. */
  readonly sizeAt: number;
  readonly data: number;
  readonly end: number | undefined;
}

/** Reads the element header at `at`: "cut" where the file ends inside it, "bad" where it is none. */
export function readElement(r: Reader, at: number): Element | "cut" | "bad" {
  if (!r.has(at, 1)) return "cut";
  const idLength = Math.clz32(r.u8(at)) - 23;
  if (idLength > 4) return "bad";
  if (!r.has(at, idLength + 1)) return "cut";
  let id = 0;
  for (let i = 0; i < idLength; i += 1) id = id * 256 + r.u8(at + i);
  const sizeAt = at + idLength;
  const first = r.u8(sizeAt);
  const sizeLength = Math.clz32(first) - 23;
  if (sizeLength > 8) return "bad";
  if (!r.has(sizeAt, sizeLength)) return "cut";
  const mask = (1 << (8 - sizeLength)) - 1;
  let size = first & mask;
  let unknown = size === mask;
  for (let i = 1; i < sizeLength; i += 1) {
    const byte = r.u8(sizeAt + i);
    size = size * 256 + byte;
    unknown &&= byte === 0xff;
  }
  const data = sizeAt + sizeLength;
  return { id, start: at, sizeAt, data, end: unknown ? undefined : data + size };
}

/** The children of a parent of known extent whose own sizes are known; stops at the first fault. */
export function* children(
  r: Reader,
  from: number,
  to: number,
): Generator<Element & { end: number }> {
  for (let at = from; at < to;) {
    const element = readElement(r, at);
    if (element === "cut" || element === "bad" || element.end === undefined) return;
    if (element.end > to) return;
    yield { ...element, end: element.end };
    at = element.end;
  }
}

/** The document type in the file's first element, such as `webm`. */
export function docType(r: Reader): string | undefined {
  const header = readElement(r, 0);
  if (header === "cut" || header === "bad" || header.id !== EBML.header) return undefined;
  for (const child of children(r, header.data, Math.min(header.end ?? 0, 4096, r.length)))
    if (child.id === EBML.docType)
      return r.ascii(child.data, Math.min(child.end - child.data, 32)).replace(/\0+$/, "");
  return undefined;
}

/** A whole number stored in an element of up to eight bytes. */
export function readUint(r: Reader, element: Element & { readonly end: number }): number {
  let value = 0;
  for (let at = element.data; at < element.end; at += 1) value = value * 256 + r.u8(at);
  return value;
}

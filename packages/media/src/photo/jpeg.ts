import type { MediaRefusal } from "@secondlook/domain/evidence/prepared";
import { ok, type Result } from "@secondlook/domain/result";
import { Reader } from "../binary.ts";
import { photoLimits } from "../limits.ts";
import { refuseTrailer } from "../polyglot.ts";
import { damaged, type Refused, truncated, unsupported } from "../refusal.ts";
import type { PhotoHeader } from "./header.ts";

interface Frame extends PhotoHeader {
  /** Per component, for each of its 64 coefficients, the lowest bit that a scan has brought. */
  readonly missingBits: ReadonlyMap<number, Uint8Array>;
}

/**
 * Walks a JPEG's markers to its end (ITU-T T.81, annex B): sizes fit, one frame, every scan there.
 * A file without its end mark gives `unfinished`, with the header, so that the caller can say how
 * much of the picture came. What honest phones put behind the end mark (gain maps, short films) is left unread.
 */
export function inspectJpeg(
  bytes: Uint8Array,
): Result<PhotoHeader & { readonly unfinished: boolean }, MediaRefusal> {
  const r = new Reader(bytes);
  let frame: Frame | undefined;
  let scans = 0;
  let at = 2;
  const cut = (): Result<PhotoHeader & { unfinished: boolean }, MediaRefusal> =>
    frame && scans > 0
      ? ok({ ...frame, unfinished: true })
      : truncated("JPEG", "ends before its picture begins");

  for (;;) {
    if (!r.has(at, 2)) return cut();
    if (r.u8(at) !== 0xff) return damaged("JPEG", "has stray bytes between its parts");
    const marker = r.u8(at + 1);
    if (marker === 0xff) {
      at += 1;
      continue;
    }
    if (marker === 0xd9) break;
    if (!r.has(at, 4)) return cut();
    const length = r.u16(at + 2);
    const end = at + 2 + length;
    if (length < 2 || marker < 0xc0 || (marker >= 0xd0 && marker <= 0xd8))
      return damaged("JPEG", "has a part that can't be read");
    if (end > r.length) return cut();
    if (isFrame(marker)) {
      if (frame) return damaged("JPEG", "describes its picture twice");
      const read = readFrame(r, marker, at + 4, end);
      if (!read.ok) return read;
      frame = read.value;
      if (frame.width * frame.height > photoLimits.pixelsOf.jpeg)
        return ok({ ...frame, unfinished: false });
    }
    at = end;
    if (marker === 0xda) {
      if (!frame) return damaged("JPEG", "has picture data before its size");
      scans += 1;
      if (scans > photoLimits.scans) return damaged("JPEG", "repeats its picture without end");
      recordScan(r, end - length + 2, end, frame);
      at = endOfScan(bytes, at);
    }
  }
  const trailer = refuseTrailer(bytes, at + 2, { name: "JPEG", strict: false });
  if (trailer) return trailer;
  if (!frame || scans === 0) return damaged("JPEG", "holds no picture");
  for (const bits of frame.missingBits.values())
    if (bits.some((low) => low !== 0)) return truncated("JPEG", "lacks a part of its picture data");
  return ok({ ...frame, unfinished: false });
}

/** Start-of-frame markers are C0 to CF except C4 (tables), C8 (reserved) and CC (conditioning). */
function isFrame(marker: number): boolean {
  return marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
}

function readFrame(
  r: Reader,
  marker: number,
  at: number,
  end: number,
): Result<Frame, MediaRefusal> {
  if (marker > 0xc2) return unsupportedFrame(marker);
  if (end - at < 6) return damaged("JPEG", "has a header that is too short");
  const components = r.u8(at + 5);
  if (end - at !== 6 + components * 3 || components === 0)
    return damaged("JPEG", "has a header that contradicts itself");
  if (r.u8(at) !== 8)
    return unsupported("12-bit JPEGs are not taken; send an ordinary JPEG or PNG");
  const height = r.u16(at + 1);
  const width = r.u16(at + 3);
  if (width === 0 || height === 0) return damaged("JPEG", "gives its picture no size");
  const missingBits = new Map<number, Uint8Array>();
  for (let i = 0; i < components; i += 1)
    missingBits.set(r.u8(at + 6 + i * 3), new Uint8Array(64).fill(255));
  return ok({ width, height, coarseFirst: marker === 0xc2, missingBits });
}

function unsupportedFrame(marker: number): Refused {
  const name = marker === 0xc3 ? "lossless" : marker < 0xc9 ? "hierarchical" : "arithmetic-coded";
  return unsupported(`${name} JPEGs are not taken; send an ordinary JPEG or PNG`);
}

/** Notes which coefficients a scan brings and down to which bit (annex G.1.1.1). */
function recordScan(r: Reader, at: number, end: number, frame: Frame): void {
  const count = r.u8(at);
  const spectral = at + 1 + count * 2;
  if (spectral + 3 > end) return;
  const first = frame.coarseFirst ? Math.min(63, r.u8(spectral)) : 0;
  const last = frame.coarseFirst ? Math.min(63, r.u8(spectral + 1)) : 63;
  const low = frame.coarseFirst ? r.u8(spectral + 2) & 15 : 0;
  for (let i = 0; i < count; i += 1)
    frame.missingBits.get(r.u8(at + 1 + i * 2))?.fill(low, first, last + 1);
}

/** The first marker after entropy-coded data; stuffed zeros and restart marks belong to the data. */
function endOfScan(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at !== -1; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1];
    if (next === undefined) break;
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
  }
  return bytes.byteLength;
}

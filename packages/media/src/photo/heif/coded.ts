import type { Reader } from "../../binary.ts";
import type { HeifItem } from "./items.ts";

/**
 * Whether an HEVC item is what its configuration says: NAL units that fill it exactly, one of them a
 * whole picture. Decoders conceal what is missing, so this is the only place where it shows: inside
 * a NAL unit two zero bytes are never followed by 0, 1 or 2 (ITU-T H.265, 7.4.2), which is what a
 * hole in a file, filled with zeros, looks like.
 */
export function isWholeHevc(r: Reader, item: HeifItem): boolean {
  const config = item.properties.find((property) => property.type === "hvcC");
  if (!config || config.data + 23 > config.end) return false;
  const lengthSize = (r.u8(config.data + 21) & 3) + 1;
  const bytes = itemBytes(r, item);
  let hasPicture = false;
  let at = 0;
  while (at < bytes.length) {
    if (at + lengthSize > bytes.length) return false;
    let length = 0;
    for (let i = 0; i < lengthSize; i += 1) length = length * 256 + (bytes[at + i] ?? 0);
    at += lengthSize;
    if (length < 3 || at + length > bytes.length) return false;
    const type = ((bytes[at] ?? 0) >> 1) & 63;
    // 16 to 21 are the pictures that need no other one.
    if (type >= 16 && type <= 21) hasPicture = true;
    if (!isEscaped(bytes.subarray(at, at + length))) return false;
    at += length;
  }
  return hasPicture;
}

function isEscaped(unit: Uint8Array): boolean {
  for (let at = unit.indexOf(0); at !== -1; at = unit.indexOf(0, at + 1))
    if (unit[at + 1] === 0 && (unit[at + 2] ?? 0) < 3) return false;
  return true;
}

/** Whether an AV1 item consists of units (AV1, 5.3) that fill it exactly, with a picture among them. */
export function isWholeAv1(r: Reader, item: HeifItem): boolean {
  const bytes = itemBytes(r, item);
  let hasPicture = false;
  for (let at = 0; at < bytes.length;) {
    const header = bytes[at] ?? 0;
    const isForbidden = (header & 0x80) !== 0;
    if (isForbidden) return false;
    at += 1 + ((header >> 2) & 1);
    let size = bytes.length - at;
    if ((header & 2) !== 0) {
      size = 0;
      for (let i = 0; ; i += 1) {
        const byte = bytes[at];
        if (byte === undefined || i === 5) return false;
        size += (byte & 127) * 2 ** (7 * i);
        at += 1;
        if (byte < 128) break;
      }
    }
    if (size < 0 || at + size > bytes.length) return false;
    // A frame, or a frame's header that tile groups follow.
    if ([3, 6].includes(header >> 3)) hasPicture = true;
    at += size;
  }
  return hasPicture;
}

function itemBytes(r: Reader, { extents }: HeifItem): Uint8Array {
  const parts = extents.map(({ at, length }) => r.bytes.subarray(at, at + length));
  return parts.length === 1 ? (parts[0] ?? new Uint8Array()) : Buffer.concat(parts);
}

import { toHex } from "./bytes.ts";

/** A UUIDv7 in lower case, as `uuid7` makes it. */
export const UUID7 = /^[0-9a-f]{8}-[0-9a-f]{4}-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/;

/**
 * UUIDv7 (RFC 9562 section 5.7): 48 bits of milliseconds since 1970, then 74 random bits.
 *
 * Two made in the same millisecond come in no order: order in the log is the tree's, not the id's.
 * @param unixMs milliseconds since 1970, whole, 0 to 2^48 - 1
 * @param random at least 10 random bytes; the first 10 are used
 * @throws RangeError where either is out of its range
 */
export function uuid7(unixMs: number, random: Uint8Array): string {
  if (!Number.isSafeInteger(unixMs) || unixMs < 0 || unixMs >= 2 ** 48) {
    throw new RangeError("The time of a UUIDv7 is a whole number of milliseconds below 2^48.");
  }
  if (random.length < 10) throw new RangeError("A UUIDv7 needs 10 random bytes.");
  const bytes = new Uint8Array(16);
  const view = new DataView(bytes.buffer);
  view.setUint16(0, Math.floor(unixMs / 2 ** 32));
  view.setUint32(2, unixMs % 2 ** 32);
  bytes.set(random.subarray(0, 10), 6);
  view.setUint8(6, 0x70 | (view.getUint8(6) & 0x0f));
  view.setUint8(8, 0x80 | (view.getUint8(8) & 0x3f));
  const hex = toHex(bytes);
  return [
    hex.slice(0, 8),
    hex.slice(8, 12),
    hex.slice(12, 16),
    hex.slice(16, 20),
    hex.slice(20),
  ].join("-");
}

/**
 * Takes the VP8 key frame out of a lossy WebP file (RIFF container, chunk `VP8 `).
 * @throws RangeError where the file has none, for example a lossless one.
 */
export function vp8Frame(webp: Uint8Array): Uint8Array {
  const view = new DataView(webp.buffer, webp.byteOffset, webp.byteLength);
  let at = 12;
  while (at + 8 <= webp.byteLength) {
    const name = String.fromCharCode(...webp.subarray(at, at + 4));
    const size = view.getUint32(at + 4, true);
    if (name === "VP8 ") return webp.slice(at + 8, at + 8 + size);
    at += 8 + size + (size & 1);
  }
  throw new RangeError(
    "This WebP file holds no lossy picture; encode it with a quality below lossless.",
  );
}

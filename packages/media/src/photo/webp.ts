import type { MediaRefusal } from "@secondlook/domain/evidence/prepared";
import { ok, type Result } from "@secondlook/domain/result";
import { Reader } from "../binary.ts";
import { refuseTrailer } from "../polyglot.ts";
import { damaged, percent, truncated, unsupported } from "../refusal.ts";
import type { PhotoHeader } from "./header.ts";

interface Size {
  readonly width: number;
  readonly height: number;
}

/**
 * Walks a WebP's chunks (RFC 9649): sizes fit into the file and into each other, one still picture,
 * and the canvas is as large as the picture.
 */
export function inspectWebp(bytes: Uint8Array): Result<PhotoHeader, MediaRefusal> {
  const r = new Reader(bytes);
  if (!r.has(0, 20)) return truncated("WebP", "ends inside its header");
  const end = 8 + r.u32le(4);
  let canvas: Size | undefined;
  let picture: Size | undefined;
  for (let at = 12; at + 8 <= Math.min(end, r.length);) {
    const type = r.ascii(at, 4);
    const size = r.u32le(at + 4);
    const data = at + 8;
    if (data + size > end) return damaged("WebP", "has a chunk larger than the file says it is");
    if (type === "ANIM" || type === "ANMF" || (type === "VP8X" && isAnimated(r, data)))
      return unsupported("an animated WebP is not a photo; send a still JPEG, PNG or WebP");
    if (type === "VP8X") canvas = r.has(data, 10) ? canvasSize(r, data) : undefined;
    if (type === "VP8 " || type === "VP8L") {
      if (picture) return damaged("WebP", "holds two pictures");
      picture = type === "VP8 " ? lossySize(r, data, size) : losslessSize(r, data, size);
      if (!picture && r.has(data, 10)) return damaged("WebP", "has a picture that can't be read");
    }
    at = data + size + (size & 1);
  }
  if (end > r.length)
    return truncated("WebP", `ends after ${percent(r.length, end)} % of its data`);
  const trailer = refuseTrailer(bytes, end, { name: "WebP", strict: true });
  if (trailer) return trailer;
  if (!picture) return damaged("WebP", "holds no picture");
  if (canvas && (canvas.width !== picture.width || canvas.height !== picture.height))
    return damaged("WebP", "contradicts itself about its picture's size");
  return ok({ ...picture, coarseFirst: false });
}

function isAnimated(r: Reader, at: number): boolean {
  return r.has(at, 1) && (r.u8(at) & 2) !== 0;
}

function canvasSize(r: Reader, at: number): Size {
  return { width: 1 + r.u24le(at + 4), height: 1 + r.u24le(at + 7) };
}

/** A VP8 key frame's header (RFC 6386, 9.1), with its first partition inside the chunk. */
function lossySize(r: Reader, at: number, length: number): Size | undefined {
  if (length < 10 || !r.has(at, 10)) return undefined;
  const tag = r.u24le(at);
  const isKeyFrame = (tag & 1) === 0;
  if (!isKeyFrame || tag >> 5 > length - 10 || r.u24le(at + 3) !== 0x2a019d) return undefined;
  const size = { width: r.u16le(at + 6) & 0x3fff, height: r.u16le(at + 8) & 0x3fff };
  return size.width > 0 && size.height > 0 ? size : undefined;
}

function losslessSize(r: Reader, at: number, length: number): Size | undefined {
  if (length < 5 || !r.has(at, 5) || r.u8(at) !== 0x2f) return undefined;
  const bits = r.u32le(at + 1);
  if (bits >>> 29 !== 0) return undefined;
  return { width: 1 + (bits & 0x3fff), height: 1 + ((bits >>> 14) & 0x3fff) };
}

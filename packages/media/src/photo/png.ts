import { constants, crc32, createInflate, inflateSync } from "node:zlib";
import type { MediaRefusal } from "@secondlook/domain/evidence/prepared";
import { ok, type Result } from "@secondlook/domain/result";
import { Reader } from "../binary.ts";
import { photoLimits } from "../limits.ts";
import { refuseTrailer } from "../polyglot.ts";
import { damaged, percent, truncated, unsupported } from "../refusal.ts";
import type { PhotoHeader } from "./header.ts";

interface PngHeader extends PhotoHeader {
  /** Bytes of a picture's row, with its filter byte. */
  readonly rowBytes: number;
}

/**
 * Walks a PNG's chunks (W3C PNG, third edition): sizes fit, checksums hold, one still picture, and
 * its end chunk is there. Compressed texts and profiles are unpacked only up to a small bound.
 */
export async function inspectPng(bytes: Uint8Array): Promise<Result<PhotoHeader, MediaRefusal>> {
  const r = new Reader(bytes);
  const first = readHeader(r);
  if (!first.ok) return first;
  const header = first.value;
  if (header.width * header.height > photoLimits.pixelsOf.png) return first;

  const picture: Uint8Array[] = [];
  let text = 0;
  for (let at = 33; ;) {
    if (!r.has(at, 12)) return cutPicture(header, picture);
    const length = r.u32(at);
    const type = r.ascii(at + 4, 4);
    const data = at + 8;
    if (!/^[A-Za-z]{4}$/.test(type) || length > 0x7fffffff)
      return damaged("PNG", "has a chunk that can't be read");
    if (!r.has(data, length + 4)) {
      if (type === "IDAT") picture.push(bytes.subarray(data));
      return cutPicture(header, picture);
    }
    if (crc32(bytes.subarray(at + 4, data + length)) !== r.u32(data + length))
      return damaged("PNG", `has a wrong checksum in its ${type} chunk`);
    if (type === "acTL")
      return unsupported("an animated PNG is not a photo; send a still JPEG, PNG or WebP");
    if (type === "zTXt" || type === "iTXt" || type === "iCCP") {
      const limit = type === "iCCP" ? photoLimits.profileBytes : photoLimits.textBytes - text;
      const unpacked = unpackedBytes(bytes.subarray(data, data + length), type, limit);
      if (unpacked > limit)
        return damaged("PNG", `has ${type} chunks that unpack to more than any photo needs`);
      if (type !== "iCCP") text += unpacked;
    }
    if (type === "IDAT") picture.push(bytes.subarray(data, data + length));
    at = data + length + 4;
    if (type === "IEND") {
      const trailer = refuseTrailer(bytes, at, { name: "PNG", strict: true });
      if (trailer) return trailer;
      break;
    }
  }
  return picture.length > 0 ? ok(header) : damaged("PNG", "holds no picture");
}

function readHeader(r: Reader): Result<PngHeader, MediaRefusal> {
  if (!r.has(8, 25)) return truncated("PNG", "ends inside its header");
  const wrongCrc = crc32(r.bytes.subarray(12, 29)) !== r.u32(29);
  if (r.u32(8) !== 13 || r.ascii(12, 4) !== "IHDR" || wrongCrc)
    return damaged("PNG", "has a damaged header");
  const width = r.u32(16);
  const height = r.u32(20);
  const depth = r.u8(24);
  const channels = CHANNELS[r.u8(25)];
  const valid =
    channels?.depths.includes(depth) && r.u8(26) === 0 && r.u8(27) === 0 && r.u8(28) < 2;
  if (!channels || !valid || width === 0 || height === 0)
    return damaged("PNG", "has a header with impossible values");
  const rowBytes = 1 + Math.ceil((width * channels.count * depth) / 8);
  return ok({ width, height, coarseFirst: r.u8(28) === 1, rowBytes });
}

/** Colour types and the bit depths each may have. */
const CHANNELS: Readonly<Record<number, { count: number; depths: readonly number[] } | undefined>> =
  {
    0: { count: 1, depths: [1, 2, 4, 8, 16] },
    2: { count: 3, depths: [8, 16] },
    3: { count: 1, depths: [1, 2, 4, 8] },
    4: { count: 2, depths: [8, 16] },
    6: { count: 4, depths: [8, 16] },
  };

/** Says how many of the picture's rows came, by unpacking what is there piece by piece. */
async function cutPicture(
  header: PngHeader,
  picture: readonly Uint8Array[],
): Promise<Result<never, MediaRefusal>> {
  if (picture.length === 0) return truncated("PNG", "ends before its picture begins");
  const whole = header.rowBytes * header.height;
  const inflate = createInflate({ finishFlush: constants.Z_SYNC_FLUSH });
  inflate.end(Buffer.concat(picture));
  let got = 0;
  try {
    for await (const piece of inflate) {
      if (piece instanceof Uint8Array) got += piece.byteLength;
      if (got > whole) break;
    }
  } catch {
    return damaged("PNG", "is cut off and its picture data can't be unpacked");
  }
  if (got >= whole) return truncated("PNG", "ends inside the part that holds its picture");
  const of = header.coarseFirst ? "picture data" : "picture";
  return truncated("PNG", `ends after ${percent(got, whole)} % of its ${of}`);
}

/** How much the compressed part of a text or profile chunk unpacks to; Infinity past the limit. */
function unpackedBytes(data: Uint8Array, type: "zTXt" | "iTXt" | "iCCP", limit: number): number {
  const nul = data.indexOf(0);
  if (nul === -1) return 0;
  let from = nul + 2;
  if (type === "iTXt") {
    if (data[nul + 1] !== 1) return 0;
    const language = data.indexOf(0, nul + 3);
    from = data.indexOf(0, language + 1) + 1;
  }
  try {
    return inflateSync(data.subarray(from), { maxOutputLength: Math.max(1, limit) }).byteLength;
  } catch (error) {
    // Text that doesn't unpack at all harms nobody: it is thrown away with all metadata.
    return error instanceof RangeError ? Infinity : 0;
  }
}

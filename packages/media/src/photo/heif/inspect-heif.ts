import type { MediaRefusal } from "@secondlook/domain/evidence/prepared";
import { ok, type Result } from "@secondlook/domain/result";
import { Reader } from "../../binary.ts";
import { type Box, readBoxes } from "../../boxes.ts";
import { photoLimits } from "../../limits.ts";
import { damaged, percent, truncated, unsupported } from "../../refusal.ts";
import type { PhotoHeader } from "../header.ts";
import type { Orientation } from "../orientation.ts";
import { isWholeAv1, isWholeHevc } from "./coded.ts";
import { type HeifItem, type HeifItems, readItems } from "./items.ts";
import { type HeifColour, readColour } from "./colour.ts";
import { turnOf } from "./turn.ts";

export type HeifFormat = "avif" | "heic";

export interface HeifHeader extends PhotoHeader {
  /** By the boxes `irot` and `imir`, which are what counts here; EXIF is not asked. */
  readonly orientation: Orientation;
  readonly colour: HeifColour;
}

const NAMES = { avif: "AVIF", heic: "HEIC" } as const;
const CODED = { avif: "av01", heic: "hvc1" } as const;

/**
 * Walks a HEIF file's boxes and items (ISO/IEC 23008-12) and takes its primary picture: every item
 * lies in the file, the picture is of the kind that its brand says, and its coded units are whole.
 * Decoders check little of this and show what they have.
 */
export function inspectHeif(
  bytes: Uint8Array,
  format: HeifFormat,
): Result<HeifHeader, MediaRefusal> {
  try {
    return inspect(new Reader(bytes), format);
  } catch (error) {
    if (error instanceof RangeError) return unreadable(format);
    throw error;
  }
}

function unreadable(format: HeifFormat) {
  return damaged(NAMES[format], "has an index that can't be read");
}

function inspect(r: Reader, format: HeifFormat): Result<HeifHeader, MediaRefusal> {
  const name = NAMES[format];
  const { boxes, ended, wantedEnd } = readBoxes(r, 0, r.length);
  const meta = boxes.find((box) => box.type === "meta");
  if (!meta)
    return ended === "cut"
      ? truncated(name, "ends before its picture begins")
      : damaged(name, "holds no picture");
  if (ended === "cut" && wantedEnd !== undefined)
    return truncated(name, `ends after ${percent(r.length, wantedEnd)} % of its data`);
  if (ended === "cut") return truncated(name, "breaks off in the middle of a part");
  if (ended === "bad") return damaged(name, "has a part that can't be read");
  if (!isPictures(r, meta)) return damaged(name, "doesn't call its content a picture");
  const items = readItems(r, meta);
  return items ? inspectItems(r, items, format) : unreadable(format);
}

function isPictures(r: Reader, meta: Box): boolean {
  const { boxes, ended } = readBoxes(r, meta.data + 4, meta.end);
  const handler = boxes[0];
  return ended === "whole" && handler?.type === "hdlr" && r.ascii(handler.data + 8, 4) === "pict";
}

function inspectItems(
  r: Reader,
  items: HeifItems,
  format: HeifFormat,
): Result<HeifHeader, MediaRefusal> {
  const name = NAMES[format];
  const needed = Math.max(
    ...[...items.all.values()].flatMap((item) => item.extents.map((e) => e.at + e.length)),
    0,
  );
  if (needed > r.length)
    return truncated(name, `ends after ${percent(r.length, needed)} % of its data`);
  const parts = codedParts(items);
  const size = parts && sizeOf(r, items.primary);
  if (!size) return unreadable(format);
  const header = {
    ...size,
    coarseFirst: false,
    orientation: turnOf(r, items.primary.properties),
  };
  const colour = readColour(r, items.primary, parts[0]);
  if (size.width * size.height > photoLimits.pixelsOf[format]) return ok({ ...header, colour });
  const fault = checkParts(r, parts, size.width * size.height, format);
  if (fault) return fault;
  if (colour.isForHdr)
    return unsupported(
      `the ${name} is coded for HDR screens, on which alone its colours are right; send an ordinary copy`,
    );
  if (colour.profile && colour.profile.length > photoLimits.profileBytes)
    return damaged(name, "has a colour profile larger than any photo needs");
  return ok({ ...header, colour });
}

/** The coded pictures that the primary one is made of: itself, or the tiles of its grid. */
function codedParts({ primary, all, tiles }: HeifItems): HeifItem[] | undefined {
  if (primary.type !== "grid") return [primary];
  const parts = (tiles.get(primary.id) ?? []).map((id) => all.get(id));
  const known = parts.filter((part) => part !== undefined);
  return known.length > 0 && known.length === parts.length ? known : undefined;
}

function sizeOf(r: Reader, item: HeifItem): { width: number; height: number } | undefined {
  const ispe = item.properties.find((property) => property.type === "ispe");
  if (!ispe || ispe.end - ispe.data < 12) return undefined;
  const size = { width: r.u32(ispe.data + 4), height: r.u32(ispe.data + 8) };
  return size.width > 0 && size.height > 0 ? size : undefined;
}

function checkParts(
  r: Reader,
  parts: readonly HeifItem[],
  pixels: number,
  format: HeifFormat,
): Result<never, MediaRefusal> | undefined {
  const name = NAMES[format];
  const other = parts.find((part) => part.type !== CODED[format]);
  if (other)
    return unsupported(
      `the ${name} holds a picture of another kind (${printable(other.type)}); send an ordinary ${name} or JPEG`,
    );
  let decoded = 0;
  for (const part of new Set(parts)) {
    const size = sizeOf(r, part);
    if (!size) return unreadable(format);
    decoded += size.width * size.height;
    const isWhole = format === "heic" ? isWholeHevc(r, part) : isWholeAv1(r, part);
    if (!isWhole) return damaged(name, "has picture data with a piece missing");
  }
  // The last tiles may overhang; more than that is work that nobody sees.
  return decoded > pixels * 2 + 4_000_000
    ? damaged(name, "has tiles far larger than its picture")
    : undefined;
}

function printable(type: string): string {
  return type.replace(/[^\w-]/g, "") || "unnamed";
}

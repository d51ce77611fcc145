import type { Reader } from "../../binary.ts";
import { type Box, findBox, readBoxes } from "../../boxes.ts";

/** A run of bytes in the file. */
interface Extent {
  readonly at: number;
  readonly length: number;
}

/** One item of a HEIF file: a picture, a tile, a thumbnail, metadata. */
export interface HeifItem {
  readonly id: number;
  /** `hvc1`, `av01`, `grid`, `Exif`, … */
  readonly type: string;
  readonly extents: readonly Extent[];
  /** In the order in which they are to be applied. */
  readonly properties: readonly Box[];
}

export interface HeifItems {
  readonly primary: HeifItem;
  readonly all: ReadonlyMap<number, HeifItem>;
  /** The tiles that a derived picture is made of, by its id. */
  readonly tiles: ReadonlyMap<number, readonly number[]>;
}

/** Tiles of 512 pixels make 64 in 16 megapixels; a file of nothing but items has millions. */
const MOST_ITEMS = 2_000;

/**
 * Reads the item tables of a `meta` box (ISO/IEC 14496-12, 8.11; ISO/IEC 23008-12, 9.3). Undefined
 * where they contradict each other; reads past the end throw RangeError.
 */
export function readItems(r: Reader, meta: Box): HeifItems | undefined {
  const inside = { ...meta, data: meta.data + 4 };
  const box = (type: string): Box | undefined => findBox(r, inside, type);
  const [pitm, iinf, iloc, iprp] = [box("pitm"), box("iinf"), box("iloc"), box("iprp")];
  if (!pitm || !iinf || !iloc || !iprp) return undefined;
  const types = readTypes(r, iinf);
  const places = readPlaces(r, iloc, box("idat"));
  const properties = readProperties(r, iprp);
  if (!types || !places || !properties) return undefined;
  const all = new Map<number, HeifItem>();
  for (const [id, type] of types)
    all.set(id, { id, type, extents: places.get(id) ?? [], properties: properties.get(id) ?? [] });
  const primary = all.get(r.u8(pitm.data) === 0 ? r.u16(pitm.data + 4) : r.u32(pitm.data + 4));
  return primary && { primary, all, tiles: readTiles(r, box("iref")) };
}

function readTypes(r: Reader, iinf: Box): Map<number, string> | undefined {
  const wide = r.u8(iinf.data) !== 0;
  const { boxes, ended } = readBoxes(r, iinf.data + (wide ? 8 : 6), iinf.end);
  if (ended !== "whole" || boxes.length > MOST_ITEMS) return undefined;
  const types = new Map<number, string>();
  for (const { type, data } of boxes) {
    const version = r.u8(data);
    if (type !== "infe" || version < 2) return undefined;
    const id = version === 2 ? r.u16(data + 4) : r.u32(data + 4);
    if (types.has(id)) return undefined;
    types.set(id, r.ascii(data + (version === 2 ? 8 : 10), 4));
  }
  return types;
}

/** Where each item's bytes lie. Only the file itself and `idat` are known as places. */
function readPlaces(
  r: Reader,
  iloc: Box,
  idat: Box | undefined,
): Map<number, Extent[]> | undefined {
  const version = r.u8(iloc.data);
  if (version > 2) return undefined;
  const sizes = r.u16(iloc.data + 4);
  const [offsetSize, lengthSize, baseSize] = [sizes >> 12, (sizes >> 8) & 15, (sizes >> 4) & 15];
  const indexSize = version === 0 ? 0 : sizes & 15;
  let at = iloc.data + 6;
  const next = (bytes: number): number => {
    if (at + bytes > iloc.end) throw new RangeError("iloc ends early");
    const from = at;
    at += bytes;
    if (bytes === 8) return r.u64(from);
    if (bytes === 4) return r.u32(from);
    return bytes === 2 ? r.u16(from) : 0;
  };
  if (![offsetSize, lengthSize, baseSize, indexSize].every((size) => [0, 4, 8].includes(size)))
    return undefined;
  const idSize = version === 2 ? 4 : 2;
  const count = next(idSize);
  if (count > MOST_ITEMS) return undefined;
  const places = new Map<number, Extent[]>();
  for (let item = 0; item < count; item += 1) {
    const id = next(idSize);
    const method = version === 0 ? 0 : next(2) & 15;
    const elsewhere = next(2) !== 0;
    if (method > 1 || elsewhere || (method === 1 && !idat)) return undefined;
    const base = next(baseSize) + (method === 1 ? (idat?.data ?? 0) : 0);
    const limit = method === 1 ? (idat?.end ?? 0) : Infinity;
    const extents: Extent[] = [];
    for (let left = next(2); left > 0; left -= 1) {
      next(indexSize);
      const from = base + next(offsetSize);
      const length = next(lengthSize);
      if (from + length > limit || extents.length > MOST_ITEMS) return undefined;
      extents.push({ at: from, length });
    }
    places.set(id, extents);
  }
  return places;
}

function readProperties(r: Reader, iprp: Box): Map<number, Box[]> | undefined {
  const ipco = findBox(r, iprp, "ipco");
  const known = ipco && readBoxes(r, ipco.data, ipco.end);
  if (known?.ended !== "whole") return undefined;
  const properties = new Map<number, Box[]>();
  const tables = readBoxes(r, iprp.data, iprp.end).boxes.filter((box) => box.type === "ipma");
  for (const ipma of tables) {
    const wideIds = r.u8(ipma.data) !== 0;
    const wideIndex = (r.u8(ipma.data + 3) & 1) === 1;
    let at = ipma.data + 8;
    for (let left = r.u32(ipma.data + 4); left > 0; left -= 1) {
      const id = wideIds ? r.u32(at) : r.u16(at);
      at += wideIds ? 4 : 2;
      const associated: Box[] = [];
      const count = r.u8(at);
      at += 1;
      for (let i = 0; i < count; i += 1) {
        const index = wideIndex ? r.u16(at) & 0x7fff : r.u8(at) & 0x7f;
        at += wideIndex ? 2 : 1;
        const property = known.boxes[index - 1];
        if (index !== 0 && !property) return undefined;
        if (property) associated.push(property);
      }
      if (at > ipma.end || properties.size > MOST_ITEMS) return undefined;
      properties.set(id, associated);
    }
  }
  return properties;
}

function readTiles(r: Reader, iref: Box | undefined): Map<number, number[]> {
  const tiles = new Map<number, number[]>();
  if (!iref) return tiles;
  const wide = r.u8(iref.data) !== 0;
  const read = (at: number): number => (wide ? r.u32(at) : r.u16(at));
  const size = wide ? 4 : 2;
  for (const { type, data } of readBoxes(r, iref.data + 4, iref.end).boxes) {
    if (type !== "dimg") continue;
    const count = Math.min(MOST_ITEMS, r.u16(data + size));
    tiles.set(
      read(data),
      Array.from({ length: count }, (_, i) => read(data + size + 2 + i * size)),
    );
  }
  return tiles;
}

import { Reader } from "../binary.ts";
import { children, EBML, type Element, readUint } from "./ebml.ts";
import { findSegment, type TopLevel, topLevel } from "./segment.ts";

type Sized = Element & { readonly end: number };

interface Block {
  readonly cluster: TopLevel;
  /** The SimpleBlock, or the BlockGroup round a Block. */
  readonly element: Sized;
  readonly payload: Sized;
  readonly ticks: number;
}

/**
 * Gives the last shown block of a WebM's track a duration. Without one, players and demuxers end
 * the clip where its last frame begins. Sizes and positions that the longer block moves are
 * rewritten in place. The bytes come back unchanged where that block already has a duration.
 */
export function withLastBlockDuration(
  bytes: Uint8Array,
  track: number,
  seconds: number,
): Uint8Array {
  const r = new Reader(bytes);
  const segment = findSegment(r);
  if (!segment) return bytes;
  const top = topLevel(r, segment);
  const blocks = top
    .filter((element) => element.id === EBML.cluster)
    .flatMap((cluster) => blocksOf(r, cluster, track));
  const last = blocks.reduce<Block | undefined>(
    (a, b) => (a && a.ticks > b.ticks ? a : b),
    undefined,
  );
  if (!last || hasDuration(r, last)) return bytes;

  const previous = Math.max(...blocks.filter((b) => b !== last).map((b) => b.ticks), -1);
  const ticks = Math.max(1, Math.round((seconds * 1e9) / timestampScale(r, top)));
  const group = buildGroup(r, last, previous < 0 ? undefined : previous - last.ticks, ticks);
  const { start, end } = last.element;
  const out = new Uint8Array(bytes.length - (end - start) + group.length);
  out.set(bytes.subarray(0, start));
  out.set(group, start);
  out.set(bytes.subarray(end), start + group.length);

  const grown = group.length - (end - start);
  const moved = (at: number): number => (at >= end ? at + grown : at);
  growSize(out, segment, grown);
  growSize(out, last.cluster, grown);
  for (const position of positions(r, top)) {
    const target = readUint(r, position) + segment.data;
    writeUint(
      out,
      moved(position.data),
      position.end - position.data,
      moved(target) - segment.data,
    );
  }
  return out;
}

function blocksOf(r: Reader, cluster: TopLevel, track: number): Block[] {
  const blocks: Block[] = [];
  let base = 0;
  for (const element of children(r, cluster.data, cluster.contentEnd)) {
    if (element.id === EBML.timestamp) base = readUint(r, element);
    const payload =
      element.id === EBML.blockGroup
        ? [...children(r, element.data, element.end)].find((child) => child.id === EBML.block)
        : element.id === EBML.simpleBlock
          ? element
          : undefined;
    // Track numbers past 127 need a second byte; no recorder writes them.
    if (!payload || payload.end - payload.data < 4 || r.u8(payload.data) !== (0x80 | track))
      continue;
    const ticks = base + ((r.u16(payload.data + 1) << 16) >> 16);
    blocks.push({ cluster, element, payload, ticks });
  }
  return blocks;
}

function hasDuration(r: Reader, { element }: Block): boolean {
  if (element.id !== EBML.blockGroup) return false;
  return [...children(r, element.data, element.end)].some((c) => c.id === EBML.blockDuration);
}

function timestampScale(r: Reader, top: readonly TopLevel[]): number {
  const info = top.find((element) => element.id === EBML.info);
  if (!info) return 1e6;
  for (const child of children(r, info.data, info.contentEnd))
    if (child.id === EBML.timestampScale) return readUint(r, child) || 1e6;
  return 1e6;
}

function buildGroup(
  r: Reader,
  block: Block,
  reference: number | undefined,
  ticks: number,
): Uint8Array {
  const duration = element(EBML.blockDuration, uint(ticks));
  if (block.element.id === EBML.blockGroup) {
    const inner = r.bytes.subarray(block.element.data, block.element.end);
    return element(EBML.blockGroup, Buffer.concat([inner, duration]));
  }
  const payload = Uint8Array.from(r.bytes.subarray(block.payload.data, block.payload.end));
  const flags = payload[3] ?? 0;
  const isKey = (flags & 0x80) !== 0;
  // A Block has no key flag: one that refers to no other block is a key frame.
  payload[3] = flags & 0x7e;
  const parts = [element(EBML.block, payload)];
  if (!isKey) {
    const value = Buffer.alloc(4);
    value.writeInt32BE(reference ?? -1);
    parts.push(element(EBML.referenceBlock, value));
  }
  return element(EBML.blockGroup, Buffer.concat([...parts, duration]));
}

/** An element with a one-byte id and a size of eight bytes, which always fits. */
function element(id: number, data: Uint8Array): Uint8Array {
  const header = Buffer.alloc(9);
  header.writeUInt8(id);
  header.writeBigUInt64BE((1n << 56n) | BigInt(data.byteLength), 1);
  return Buffer.concat([header, data]);
}

function uint(value: number): Uint8Array {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** Adds to an element's stored size, or marks it unknown where the sum needs more bytes. */
function growSize(out: Uint8Array, { sizeAt, data, end }: Element, grown: number): void {
  if (end === undefined) return;
  const width = data - sizeAt;
  const size = end - data + grown;
  const unknown = 2 ** (7 * width) - 1;
  writeUint(out, sizeAt, width, Math.min(size, unknown) + 2 ** (7 * width));
}

function writeUint(out: Uint8Array, at: number, width: number, value: number): void {
  let rest = value;
  for (let i = width - 1; i >= 0; i -= 1) {
    out[at + i] = rest % 256;
    rest = Math.floor(rest / 256);
  }
}

/** Everything in the file that says where something stands. */
function positions(r: Reader, top: readonly TopLevel[]): Sized[] {
  const found: Sized[] = [];
  const within = (parent: Element, ids: readonly number[]): Sized[] =>
    parent.end === undefined
      ? []
      : [...children(r, parent.data, parent.end)].filter((child) => ids.includes(child.id));
  for (const element of top) {
    if (element.id === EBML.seekHead)
      for (const seek of within(element, [EBML.seek]))
        found.push(...within(seek, [EBML.seekPosition]));
    if (element.id === EBML.cues)
      for (const point of within(element, [EBML.cuePoint]))
        for (const place of within(point, [EBML.cueTrackPositions]))
          found.push(...within(place, [EBML.cueClusterPosition]));
  }
  return found;
}

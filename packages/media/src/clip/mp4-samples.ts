import type { Reader } from "../binary.ts";
import type { Box } from "../boxes.ts";

/** Frames (and sounds) that a track's tables list, and how many lie wholly inside the file. */
export interface SampleCount {
  readonly total: number;
  readonly inside: number;
}

/**
 * Places every sample of one track by its tables: chunk offsets (stco, co64), samples a chunk
 * (stsc) and sizes (stsz). Undefined where the tables contradict each other or don't fit their box.
 */
export function countSamples(r: Reader, tables: readonly Box[]): SampleCount | undefined {
  const sizes = readSizes(r, table(tables, "stsz", "stz2"));
  const chunks = readChunks(r, table(tables, "stco", "co64"));
  const runs = readRuns(r, table(tables, "stsc"));
  const timed = countTimed(r, table(tables, "stts"));
  if (!sizes || !chunks || !runs || timed === undefined || timed < sizes.count) return undefined;
  if (!areRunsInOrder(runs, chunks.count, sizes.count)) return undefined;

  let sample = 0;
  let inside = 0;
  let run = 0;
  for (let chunk = 0; chunk < chunks.count; chunk += 1) {
    while (run + 1 < runs.count && runs.firstChunk(run + 1) <= chunk + 1) run += 1;
    const inChunk = Math.min(runs.samples(run), sizes.count - sample);
    let at = chunks.offset(chunk);
    if (sizes.every !== undefined) {
      const fitting = Math.floor((r.length - at) / Math.max(1, sizes.every));
      inside += Math.max(0, Math.min(inChunk, fitting));
    } else {
      for (let i = 0; i < inChunk; i += 1) {
        at += sizes.of(sample + i);
        if (at <= r.length) inside += 1;
      }
    }
    sample += inChunk;
  }
  return sample === sizes.count ? { total: sample, inside } : undefined;
}

/** Runs begin with the first chunk, one behind the other, and none holds more than there is. */
function areRunsInOrder(
  runs: NonNullable<ReturnType<typeof readRuns>>,
  chunks: number,
  samples: number,
): boolean {
  if (chunks === 0) return true;
  for (let i = 0, next = 1; i < runs.count; i += 1) {
    const first = runs.firstChunk(i);
    if (i === 0 ? first !== 1 : first < next || first > chunks) return false;
    if (runs.samples(i) > samples) return false;
    next = first + 1;
  }
  return true;
}

/** Samples that the table of times (stts) covers: one without a time would be left out unsaid. */
function countTimed(r: Reader, box: Box | undefined): number | undefined {
  if (!box || !fits(box, 8, 0, 0)) return undefined;
  const entries = r.u32(box.data + 4);
  if (!fits(box, 8, entries, 8)) return undefined;
  let samples = 0;
  for (let i = 0; i < entries; i += 1) samples += r.u32(box.data + 8 + i * 8);
  return samples;
}

function table(tables: readonly Box[], ...types: readonly string[]): Box | undefined {
  return tables.find((box) => types.includes(box.type));
}

function fits(box: Box, header: number, entries: number, bytes: number): boolean {
  return box.data + header + entries * bytes <= box.end;
}

function readSizes(r: Reader, box: Box | undefined) {
  if (!box || !fits(box, 12, 0, 0)) return undefined;
  const first = box.data + 12;
  const count = r.u32(box.data + 8);
  const every = r.u32(box.data + 4);
  // The compact table (stz2) keeps its entries' width, 4, 8 or 16 bits, where stsz has the one size.
  const bits = box.type === "stz2" ? every & 255 : 32;
  const isOneSize = box.type === "stsz" && every !== 0;
  if (![4, 8, 16, 32].includes(bits)) return undefined;
  if (!isOneSize && !fits(box, 12, Math.ceil((count * bits) / 8), 1)) return undefined;
  const of = (index: number): number => {
    if (bits === 32) return r.u32(first + index * 4);
    if (bits === 16) return r.u16(first + index * 2);
    if (bits === 8) return r.u8(first + index);
    return index % 2 === 0 ? r.u8(first + index / 2) >> 4 : r.u8(first + (index - 1) / 2) & 15;
  };
  return { count, every: isOneSize ? every : undefined, of };
}

function readChunks(r: Reader, box: Box | undefined) {
  if (!box || !fits(box, 8, 0, 0)) return undefined;
  const count = r.u32(box.data + 4);
  const wide = box.type === "co64";
  if (!fits(box, 8, count, wide ? 8 : 4)) return undefined;
  return {
    count,
    offset: (index: number): number =>
      wide ? r.u64(box.data + 8 + index * 8) : r.u32(box.data + 8 + index * 4),
  };
}

function readRuns(r: Reader, box: Box | undefined) {
  if (!box || !fits(box, 8, 0, 0)) return undefined;
  const count = r.u32(box.data + 4);
  if (!fits(box, 8, count, 12)) return undefined;
  return {
    count,
    firstChunk: (index: number): number => r.u32(box.data + 8 + index * 12),
    samples: (index: number): number => (index < count ? r.u32(box.data + 8 + index * 12 + 4) : 0),
  };
}

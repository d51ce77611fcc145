import type { Reader } from "../binary.ts";
import { type Box, findBox, readBoxes } from "../boxes.ts";
import type { SampleCount } from "./mp4-samples.ts";

/**
 * Counts the frames (and sounds) that the fragments of an MP4 list, and those of them that lie in the
 * file (ISO/IEC 14496-12, 8.8). Browsers' recorders write fragments. Undefined where a table doesn't
 * fit its box; reads past the end throw RangeError.
 */
export function countFragments(
  r: Reader,
  moov: Box,
  boxes: readonly Box[],
): SampleCount | undefined {
  const usualSizes = readUsualSizes(r, moov);
  let total = 0;
  let inside = 0;
  for (const moof of boxes.filter((box) => box.type === "moof")) {
    // Where a run doesn't say where its data begins, it follows on the run before it.
    let next = moof.start;
    for (const traf of readBoxes(r, moof.data, moof.end).boxes) {
      if (traf.type !== "traf") continue;
      const tfhd = findBox(r, traf, "tfhd");
      if (!tfhd) return undefined;
      const header = readTrackHeader(r, tfhd, moof.start);
      const usual = header.size ?? usualSizes.get(header.track) ?? 0;
      for (const trun of readBoxes(r, traf.data, traf.end).boxes) {
        if (trun.type !== "trun") continue;
        const run = readRun(r, trun, usual);
        if (!run) return undefined;
        let at = run.offset === undefined ? next : header.base + run.offset;
        for (const size of run.sizes) {
          at += size;
          if (at <= r.length) inside += 1;
        }
        total += run.sizes.length;
        next = at;
      }
    }
  }
  return { total, inside };
}

/** A recording of 30 s holds some 4,000 frames and sounds; a fragment of nothing but zeros, millions. */
const MOST_IN_RUN = 100_000;

function readUsualSizes(r: Reader, moov: Box): Map<number, number> {
  const mvex = findBox(r, moov, "mvex");
  const sizes = new Map<number, number>();
  for (const { type, data } of mvex ? readBoxes(r, mvex.data, mvex.end).boxes : [])
    if (type === "trex") sizes.set(r.u32(data + 4), r.u32(data + 16));
  return sizes;
}

function readTrackHeader(r: Reader, tfhd: Box, moofStart: number) {
  const flags = r.u32(tfhd.data) & 0xffffff;
  let at = tfhd.data + 8;
  const base = (flags & 1) !== 0 ? r.u64(at) : moofStart;
  if ((flags & 1) !== 0) at += 8;
  if ((flags & 2) !== 0) at += 4;
  if ((flags & 8) !== 0) at += 4;
  return {
    track: r.u32(tfhd.data + 4),
    base,
    size: (flags & 0x10) !== 0 ? r.u32(at) : undefined,
  };
}

function readRun(r: Reader, trun: Box, usual: number) {
  const flags = r.u32(trun.data) & 0xffffff;
  const count = r.u32(trun.data + 4);
  let at = trun.data + 8;
  const has = (flag: number): number => ((flags & flag) === 0 ? 0 : 4);
  const offset = has(1) ? r.u32(at) | 0 : undefined;
  at += has(1) + has(4);
  const entry = has(0x100) + has(0x200) + has(0x400) + has(0x800);
  if (count > MOST_IN_RUN || at + count * entry > trun.end) return undefined;
  const sizes = Array.from({ length: count }, (_, i) =>
    has(0x200) ? r.u32(at + i * entry + has(0x100)) : usual,
  );
  return { offset, sizes };
}

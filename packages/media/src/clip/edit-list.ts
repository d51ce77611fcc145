import type { Reader } from "../binary.ts";
import { type Box, findBox } from "../boxes.ts";

/** When the film ends by its edit list, in seconds; `unusual` where it is cut together from pieces. */
export type Edits = { readonly showsUntil?: number } | "unusual";

/**
 * Reads a track's edit list (ISO/IEC 14496-12, 8.6.6). The demuxer honours where it starts, but not
 * where it ends, which is how phones trim a film without touching its frames, nor more than one
 * piece, nor any other speed.
 */
export function readEdits(r: Reader, track: Box, movieScale: number): Edits {
  const edts = findBox(r, track, "edts");
  const elst = edts && findBox(r, edts, "elst");
  if (!elst) return {};
  const wide = r.u8(elst.data) === 1;
  const count = r.u32(elst.data + 4);
  let shown = 0;
  let pieces = 0;
  let endless = false;
  for (let i = 0, at = elst.data + 8; i < count; i += 1, at += wide ? 20 : 12) {
    if (at + (wide ? 20 : 12) > elst.end || pieces > 1) return "unusual";
    const ticks = wide ? r.u64(at) : r.u32(at);
    const isEmpty = r.u32(at + (wide ? 8 : 4)) === 0xffffffff;
    const rate = r.u32(at + (wide ? 16 : 8));
    if (!isEmpty) {
      pieces += 1;
      if (rate !== 0x10000) return "unusual";
      // Recorders that don't know the length yet write none.
      if (ticks === 0) endless = true;
    }
    shown += ticks;
  }
  if (pieces > 1) return "unusual";
  return pieces === 0 || endless || movieScale === 0 ? {} : { showsUntil: shown / movieScale };
}

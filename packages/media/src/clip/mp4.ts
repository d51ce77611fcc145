import type { MediaRefusal } from "@secondlook/domain/evidence/prepared";
import { ok, type Result } from "@secondlook/domain/result";
import { Reader } from "../binary.ts";
import { FORMAT_NAMES } from "../formats.ts";
import { damaged, percent, truncated, unsupported } from "../refusal.ts";
import { type Box, findBox, readBoxes } from "../boxes.ts";
import { readEdits } from "./edit-list.ts";
import { countFragments } from "./mp4-fragments.ts";
import { countSamples, type SampleCount } from "./mp4-samples.ts";

/** What the index says about the film, beside what its frames tell. */
export interface FilmLimits {
  /** Frames from here on, in seconds, are kept in the file but not to be shown. */
  readonly showsUntil?: number;
}

/**
 * Walks the boxes of an MP4 (ISO/IEC 14496-12) or of the QuickTime film that it grew from: sizes
 * fit, the index is there, and every frame it lists lies inside the file, which demuxers don't
 * check: they play what is there.
 */
export function inspectMp4(
  bytes: Uint8Array,
  format: "mp4" | "mov" = "mp4",
): Result<FilmLimits, MediaRefusal> {
  try {
    return inspect(new Reader(bytes), FORMAT_NAMES[format]);
  } catch (error) {
    if (error instanceof RangeError) return unreadable(FORMAT_NAMES[format]);
    throw error;
  }
}

function unreadable(name: string) {
  return damaged(name, "has an index that can't be read");
}

function inspect(r: Reader, name: string): Result<FilmLimits, MediaRefusal> {
  const { boxes, ended } = readBoxes(r, 0, r.length);
  const moov = boxes.find((box) => box.type === "moov");
  if (!moov && ended === "cut") return truncated(name, "ends before its index");
  if (!moov) return damaged(name, "has no index");
  const samples = inspectMovie(r, moov, boxes, name);
  if (!samples.ok) return samples;
  const { total, inside } = samples.value;
  if (inside < total)
    return truncated(name, `ends after ${percent(inside, total)} % of its frames`);
  if (ended === "cut") return truncated(name, "breaks off in the middle of a part");
  return ended === "bad"
    ? damaged(name, "has a part that can't be read")
    : ok({ ...samples.value.limits });
}

function inspectMovie(
  r: Reader,
  moov: Box,
  top: readonly Box[],
  name: string,
): Result<SampleCount & { readonly limits: FilmLimits }, MediaRefusal> {
  const { boxes, ended } = readBoxes(r, moov.data, moov.end);
  if (ended !== "whole") return unreadable(name);
  const mvhd = boxes.find((box) => box.type === "mvhd");
  if (!mvhd) return damaged(name, "has an index without its header");
  const movieScale = r.u32(mvhd.data + (r.u8(mvhd.data) === 1 ? 20 : 12));
  const fragments = countFragments(r, moov, top);
  if (!fragments) return unreadable(name);
  // How many fragments there should be, nothing says.
  if (fragments.inside < fragments.total)
    return truncated(name, "breaks off in the middle of its frames");
  let total = 0;
  let inside = 0;
  let seen = false;
  let limits: FilmLimits = {};
  for (const track of boxes.filter((box) => box.type === "trak")) {
    const count = inspectTrack(r, track, name);
    if (!count.ok) return count;
    if (count.value.isVideo && !seen) {
      seen = true;
      const edits = readEdits(r, track, movieScale);
      if (edits === "unusual")
        return unsupported(
          `the ${name} is cut together from pieces that were not saved as one film; export it again`,
        );
      limits = edits;
    }
    total += count.value.total;
    inside += count.value.inside;
  }
  return ok({ total, inside, limits });
}

function inspectTrack(
  r: Reader,
  track: Box,
  name: string,
): Result<SampleCount & { readonly isVideo: boolean }, MediaRefusal> {
  const mdia = findBox(r, track, "mdia");
  const mdhd = mdia && findBox(r, mdia, "mdhd");
  const hdlr = mdia && findBox(r, mdia, "hdlr");
  if (!mdia || !mdhd || !hdlr || !r.has(mdhd.data, 24)) return unreadable(name);
  // Tracks of other kinds (chapters, time codes, hints) may keep their samples elsewhere.
  const kind = r.ascii(hdlr.data + 8, 4);
  if (!["vide", "soun"].includes(kind)) return ok({ total: 0, inside: 0, isVideo: false });
  if (r.u32(mdhd.data + (r.u8(mdhd.data) === 1 ? 20 : 12)) === 0)
    return damaged(name, "has a track without a time scale");
  const minf = findBox(r, mdia, "minf");
  const stbl = minf && findBox(r, minf, "stbl");
  const tables = stbl && readBoxes(r, stbl.data, stbl.end);
  if (tables?.ended !== "whole") return unreadable(name);
  const count = countSamples(r, tables.boxes);
  return count
    ? ok({ ...count, isVideo: kind === "vide" })
    : damaged(name, "has frame tables that contradict each other");
}

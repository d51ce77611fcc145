import type { MediaRefusal } from "@secondlook/domain/evidence/prepared";
import { ok, type Result } from "@secondlook/domain/result";
import { Reader } from "../binary.ts";
import { damaged, percent, truncated } from "../refusal.ts";
import { type Box, findBox, readBoxes } from "./boxes.ts";
import { countSamples, type SampleCount } from "./mp4-samples.ts";

/**
 * Walks an MP4's boxes (ISO/IEC 14496-12): sizes fit, the index is there, and every frame it lists
 * lies inside the file, which demuxers don't check: they play what is there.
 */
export function inspectMp4(bytes: Uint8Array): Result<void, MediaRefusal> {
  const r = new Reader(bytes);
  const { boxes, ended } = readBoxes(r, 0, r.length);
  const moov = boxes.find((box) => box.type === "moov");
  if (!moov && ended === "cut") return truncated("MP4", "ends before its index");
  if (!moov) return damaged("MP4", "has no index");
  const samples = inspectMovie(r, moov);
  if (!samples.ok) return samples;
  const { total, inside } = samples.value;
  if (inside < total)
    return truncated("MP4", `ends after ${percent(inside, total)} % of its frames`);
  if (ended === "cut") return truncated("MP4", "breaks off in the middle of a part");
  return ended === "bad" ? damaged("MP4", "has a part that can't be read") : ok(undefined);
}

function inspectMovie(r: Reader, moov: Box): Result<SampleCount, MediaRefusal> {
  const { boxes, ended } = readBoxes(r, moov.data, moov.end);
  if (ended !== "whole") return damaged("MP4", "has an index that can't be read");
  if (!boxes.some((box) => box.type === "mvhd"))
    return damaged("MP4", "has an index without its header");
  let total = 0;
  let inside = 0;
  for (const track of boxes.filter((box) => box.type === "trak")) {
    const count = inspectTrack(r, track);
    if (!count.ok) return count;
    total += count.value.total;
    inside += count.value.inside;
  }
  return ok({ total, inside });
}

function inspectTrack(r: Reader, track: Box): Result<SampleCount, MediaRefusal> {
  const unreadable = damaged("MP4", "has an index that can't be read");
  const mdia = findBox(r, track, "mdia");
  const mdhd = mdia && findBox(r, mdia, "mdhd");
  const hdlr = mdia && findBox(r, mdia, "hdlr");
  if (!mdia || !mdhd || !hdlr || !r.has(mdhd.data, 24)) return unreadable;
  // Tracks of other kinds (chapters, time codes, hints) may keep their samples elsewhere.
  if (!["vide", "soun"].includes(r.ascii(hdlr.data + 8, 4))) return ok({ total: 0, inside: 0 });
  if (r.u32(mdhd.data + (r.u8(mdhd.data) === 1 ? 20 : 12)) === 0)
    return damaged("MP4", "has a track without a time scale");
  const minf = findBox(r, mdia, "minf");
  const stbl = minf && findBox(r, minf, "stbl");
  const tables = stbl && readBoxes(r, stbl.data, stbl.end);
  if (tables?.ended !== "whole") return unreadable;
  const count = countSamples(r, tables.boxes);
  return count ? ok(count) : damaged("MP4", "has frame tables that contradict each other");
}

import type { MediaRefusal } from "@secondlook/domain/evidence/prepared";
import { ok, type Result } from "@secondlook/domain/result";
import { Reader } from "../binary.ts";
import { refuseTrailer } from "../polyglot.ts";
import { damaged, percent, truncated } from "../refusal.ts";
import { EBML, type Element, readElement } from "./ebml.ts";

const TOP_LEVEL: ReadonlySet<number> = new Set([
  EBML.segment,
  EBML.seekHead,
  EBML.info,
  EBML.tracks,
  EBML.cluster,
  EBML.cues,
  EBML.chapters,
  EBML.attachments,
  EBML.tags,
]);

/** Whatever else stands in a segment or in a cluster was not put there by a recorder. */
const IN_SEGMENT: ReadonlySet<number> = new Set([
  ...[...TOP_LEVEL].filter((id) => id !== EBML.segment),
  EBML.void,
  EBML.crc32,
]);
const IN_CLUSTER: ReadonlySet<number> = new Set([
  EBML.timestamp,
  EBML.silentTracks,
  EBML.position,
  EBML.prevSize,
  EBML.simpleBlock,
  EBML.blockGroup,
  EBML.void,
  EBML.crc32,
]);

/**
 * Walks a WebM down to its blocks and checks every size against the file's length, which demuxers
 * don't: they play what is there. Sizes left unknown, as live recorders do, are fine.
 */
export function inspectWebm(bytes: Uint8Array): Result<object, MediaRefusal> {
  const r = new Reader(bytes);
  const header = readElement(r, 0);
  if (header === "cut" || header === "bad" || header.end === undefined || header.end > r.length)
    return truncated("WebM", "ends inside its header");
  const segment = readElement(r, header.end);
  if (segment === "cut") return truncated("WebM", "ends before its first frame");
  if (segment === "bad" || segment.id !== EBML.segment)
    return damaged("WebM", "has no readable content after its header");
  if (segment.end !== undefined && segment.end > r.length)
    return truncated("WebM", `ends after ${percent(r.length, segment.end)} % of its data`);
  const walked = walk(r, segment.data, segment.end ?? r.length);
  if (!walked.ok || segment.end === undefined) return walked;
  return refuseTrailer(bytes, segment.end, { name: "WebM", strict: true }) ?? walked;
}

/** The segment's own elements, and the clusters' within it. */
function walk(r: Reader, from: number, to: number): Result<object, MediaRefusal> {
  let clusterEnd: number | undefined;
  let inCluster = false;
  for (let at = from; at < to;) {
    if (inCluster && at === clusterEnd) inCluster = false;
    const element = readElement(r, at);
    // A recorder that was stopped may have announced a frame of which no byte followed: nothing of
    // the picture is missing. Where the whole size is known, the end was checked before.
    if (element === "cut") return ok({});
    if (element === "bad") return unknownPart();
    // A cluster of unknown size ends where the next element of the segment begins.
    if (inCluster && clusterEnd === undefined && TOP_LEVEL.has(element.id)) inCluster = false;
    if (!(inCluster ? IN_CLUSTER : IN_SEGMENT).has(element.id)) return unknownPart();
    const limit = inCluster ? (clusterEnd ?? to) : to;
    const fault = checkSize(r, element, limit);
    if (fault) return fault;
    if (element.id === EBML.cluster && !inCluster) {
      inCluster = true;
      clusterEnd = element.end;
      at = element.data;
    } else {
      at = element.end ?? to;
    }
  }
  return ok({});
}

function checkSize(
  r: Reader,
  element: Element,
  limit: number,
): Result<never, MediaRefusal> | undefined {
  if (element.end === undefined)
    return element.id === EBML.cluster ? undefined : damaged("WebM", "has a part without a size");
  if (element.end <= limit) return undefined;
  if (limit === r.length && element.end > r.length) return endsInBlock();
  return damaged("WebM", "has a part larger than what it stands in");
}

function unknownPart() {
  return damaged("WebM", "has a part that can't be read");
}

function endsInBlock(): Result<never, MediaRefusal> {
  return truncated("WebM", "breaks off in the middle of a frame");
}

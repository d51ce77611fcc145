import type { EvidenceView, RenditionName, WorkCase } from "../../../lib/contract.ts";
import type { MediaStore } from "../../../lib/media/media-store.ts";
import type { Extent } from "./bench.ts";
import { leaseOf } from "./review-state.ts";

/** What a piece of evidence opens with: the face, or the clip. */
function firstRendition(evidence: EvidenceView): RenditionName | undefined {
  const names = evidence.renditions.map((rendition) => rendition.name);
  const wanted: readonly RenditionName[] =
    evidence.kind === "face_clip" ? ["clip"] : ["face", "screen", "detail"];
  return wanted.find((name) => names.includes(name));
}

/** What the stage shows of a piece of evidence. */
export function shownRendition(evidence: EvidenceView, extent: Extent): RenditionName {
  const wanted = extentsOf(evidence).includes(extent) ? extent : "face";
  return (wanted === "face" ? undefined : wanted) ?? firstRendition(evidence) ?? "screen";
}

/**
 * How much of a picture can be looked at. The whole is more than the face only where the face is a
 * part of it, and its detail is more only where it has more pixels.
 */
export function extentsOf(evidence: EvidenceView): readonly Extent[] {
  const of = (name: RenditionName) => evidence.renditions.find((each) => each.name === name);
  const [screen, detail] = [of("screen"), of("detail")];
  if (evidence.kind === "face_clip" || screen === undefined) return ["face"];
  const isPart = !evidence.marks.includes("no_face_box");
  const isFiner = detail !== undefined && detail.width > screen.width;
  return ["face", ...(isPart ? ["screen" as const] : []), ...(isFiner ? ["detail" as const] : [])];
}

/** Loads the pair on the stage, and then the pair that comes after it. */
export function prefetchPair(media: MediaStore, work: WorkCase, position: number): void {
  loadAll(media, work, work.probe.evidence);
  for (const candidate of work.candidates.slice(position, position + 2)) {
    loadAll(media, work, candidate.evidence);
  }
}

/** Loads what a reserved case opens with, under its own lease. */
export function prefetchCase(media: MediaStore, work: WorkCase): void {
  loadAll(media, work, work.probe.evidence);
  const first =
    work.candidates.find((candidate) => candidate.sealed === null) ?? work.candidates[0];
  loadAll(media, work, first?.evidence ?? []);
}

function loadAll(media: MediaStore, work: WorkCase, evidence: readonly EvidenceView[]): void {
  for (const item of evidence) {
    const rendition = firstRendition(item);
    if (rendition !== undefined) media.load(leaseOf(work), item.evidenceId, rendition);
  }
}

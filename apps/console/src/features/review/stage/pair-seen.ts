import type { EvidenceView } from "../../../lib/contract.ts";
import type { MediaStore } from "../../../lib/media/media-store.ts";
import { type Bench, currentCandidate, type SideView } from "../model/bench.ts";
import { shownRendition } from "../model/prefetch.ts";

type Sight = "loading" | "picture" | "explained";

/**
 * Whether both sides of the stage can be seen: what is on its way has arrived, and no picture is
 * covered. Words that explain a missing piece are never covered.
 */
export function isPairSeen(bench: Bench, media: MediaStore, covered: boolean): boolean {
  const { caseId } = bench.work;
  const sights = [
    sightOf(media, caseId, bench.work.probe.evidence, bench.sides.probe),
    sightOf(media, caseId, currentCandidate(bench)?.evidence ?? [], bench.sides.candidate),
  ];
  if (sights.includes("loading")) return false;
  return !covered || !sights.includes("picture");
}

function sightOf(
  media: MediaStore,
  caseId: string,
  evidence: readonly EvidenceView[],
  view: SideView,
): Sight {
  const item = evidence[view.index] ?? evidence[0];
  if (item === undefined) return "explained";
  const found = media.get(caseId, item.evidenceId, shownRendition(item, view.extent));
  if (found === undefined || found.state === "loading" || found.state === "resting") {
    return "loading";
  }
  return found.state === "ready" ? "picture" : "explained";
}

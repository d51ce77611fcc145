import { type ReasonCode, reasonsAllowed } from "@secondlook/domain/decisions/reasons";
import type { MissingReason } from "@secondlook/domain/judging/rating";
import type { EvidenceView } from "../../../lib/contract.ts";
import type { MediaStore } from "../../../lib/media/media-store.ts";
import { type Bench, currentCandidate, judgementForm } from "./bench.ts";
import { isJudging, rate, toggleMissing, withForm } from "./changes.ts";
import { shownRendition } from "./prefetch.ts";

/**
 * Fills in, at one stroke, that a new capture is wanted: “can't tell” for what does not show of the
 * pair on the stage, where that is being judged, and an inconclusive outcome that waits for it.
 */
export function withNewCapture(bench: Bench, media: MediaStore): Bench {
  const found = unshown(bench, media);
  const allowed = reasonsAllowed("inconclusive", bench.work.rules.reasonCodes);
  const known = bench.form.reasons;
  const reasons = found.reasons.filter((each) => allowed.includes(each) && !known.includes(each));
  const asked = withForm(bench, {
    outcome: "inconclusive",
    route: "new_capture",
    reasons: [...known, ...reasons],
  });
  const candidate = currentCandidate(asked);
  if (candidate === undefined || !isJudging(asked)) return asked;
  const { missing } = judgementForm(asked, candidate.candidateId);
  return found.missing
    .filter((each) => !missing.includes(each))
    .reduce(toggleMissing, rate(asked, 0));
}

/** What of the pair on the stage can't be seen, in the words of a rating and of a decision. */
function unshown(
  bench: Bench,
  media: MediaStore,
): { readonly missing: readonly MissingReason[]; readonly reasons: readonly ReasonCode[] } {
  const sides = [bench.work.probe.evidence, currentCandidate(bench)?.evidence].filter(
    (each) => each !== undefined,
  );
  const failed = (why: "broken" | "gone"): EvidenceView[] =>
    sides.flat().filter((item) => {
      const rendition = shownRendition(item, "face");
      const found = media.get(bench.work.caseId, item.evidenceId, rendition);
      return found?.state === "failed" && found.why === why;
    });
  const broken = failed("broken");
  const gone = failed("gone");
  const isEmpty = sides.some((each) => each.length === 0);
  const lost = [...broken, ...gone];
  const clips = lost.filter(({ kind }) => kind === "face_clip");
  return {
    missing: [
      ...(broken.length > 0 ? ["evidence_broken" as const] : []),
      ...(isEmpty || gone.length > 0 ? ["evidence_missing" as const] : []),
    ],
    reasons: [
      ...(clips.length > 0 ? ["clip_unusable" as const] : []),
      ...(isEmpty || clips.length < lost.length ? ["photo_unusable" as const] : []),
    ],
  };
}

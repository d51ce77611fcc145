import type { SealedJudgement, WorkCandidate, WorkCase } from "../src/lib/contract.ts";

/** A judgement with this rating, and a reason where it needs one. */
function judgement(rating: SealedJudgement["rating"]): SealedJudgement {
  return { rating, components: {}, missing: rating === 0 ? ["pose_differs"] : [] };
}

/** A candidate with one photo; sealed where a rating is given. */
export function candidate(
  name: string,
  rating: SealedJudgement["rating"] | null = null,
): WorkCandidate {
  return {
    candidateId: `cnd_${name}`,
    evidence: [photo(`evd_${name}`)],
    sealed: rating === null ? null : judgement(rating),
    amendments: [],
    viewedMs: 0,
  };
}

/** A case as a reviewer gets it, under the rules of policy version 1. */
export function workCase(name: string, change: Partial<WorkCase> = {}): WorkCase {
  return {
    caseId: `cas_${name}`,
    fence: 1,
    leaseUntil: "2026-11-23T12:02:00.000Z",
    hardUntil: "2026-11-23T12:30:00.000Z",
    region: "VN",
    dueAt: "2026-11-24T12:00:00.000Z",
    probe: { evidence: [photo(`evd_${name}`)] },
    candidates: [candidate(`${name}1`)],
    revealed: false,
    draft: null,
    rules: {
      blindJudging: true,
      attributesAfterSeal: true,
      minimumViewSeconds: 4,
      heartbeatSeconds: 20,
      hardCapWarningMinutes: 5,
      undoSeconds: 10,
      rationales: {},
      reasonCodes: {
        duplicate: ["same_face", "same_document"],
        permitted_second_account: ["exemption_business"],
        distinct: ["different_face", "relatives"],
        inconclusive: ["cannot_tell"],
        identity_mule: ["face_not_holder"],
      },
    },
    ...change,
  };
}

function photo(evidenceId: string): WorkCandidate["evidence"][number] {
  return {
    evidenceId,
    kind: "id_photo",
    marks: [],
    width: 800,
    height: 600,
    frames: null,
    durationMs: null,
    codec: null,
    faceIn: null,
    renditions: [
      { name: "face", mediaType: "image/jpeg", byteLength: 9, width: 300, height: 400 },
      { name: "screen", mediaType: "image/jpeg", byteLength: 9, width: 800, height: 600 },
    ],
  };
}

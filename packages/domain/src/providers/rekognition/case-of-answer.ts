import { z } from "zod";
import type { FaceBox } from "../../evidence/face-box.ts";
import { MAX_CANDIDATES } from "../../ingest/case-payload.ts";
import { ok, refuse, type Result } from "../../result.ts";
import type { RekognitionAnswer, RekognitionBox, RekognitionMatch } from "./answer.ts";
import { faceBoxOf } from "./picture-space.ts";

const evidenceSchema = z.looseObject({ ref: z.string(), kind: z.string() });
/** As much as the mapping touches; whether the rest is good is for the server to say. */
export const caseSkeletonSchema = z.looseObject({
  subject: z.looseObject({ externalId: z.string() }),
  evidence: z.array(evidenceSchema).default([]),
});
export const candidateSkeletonSchema = z.looseObject({
  subject: z.looseObject({ externalId: z.string() }),
  evidence: z.array(evidenceSchema).default([]),
});
export type CaseSkeleton = z.output<typeof caseSkeletonSchema>;
export type CandidateSkeleton = z.output<typeof candidateSkeletonSchema>;

/** An account that the answer names, with the match that names it. */
export interface NamedAccount {
  readonly candidate: CandidateSkeleton;
  /** Undefined for the target of a comparison in which no face matched: it has no score. */
  readonly match: RekognitionMatch | undefined;
  /** Where the match's box belongs, if anywhere. */
  readonly picture: Picture | undefined;
}

/** A picture that Rekognition saw, by its ref. */
export interface Picture {
  readonly ref: string;
  readonly space: FaceBox["space"];
}

export interface RekognitionSearch {
  readonly answer: RekognitionAnswer;
  /** The provider's answer, word for word. */
  readonly raw: Readonly<Record<string, unknown>>;
  readonly threshold: number;
  readonly collection: string;
  readonly modelVersion: string;
  readonly searchedAt: string;
  /** The probe's picture that was searched with, if it is among the evidence. */
  readonly picture: Picture | undefined;
}

/** A case as it is sent, and for each of its candidates' refs the account and the ref there. */
export interface AnsweredCase {
  readonly body: Readonly<Record<string, unknown>>;
  readonly refs: ReadonlyMap<string, { readonly account: string; readonly ref: string }>;
  /** Faces of the probe's own account that were found again; no candidate is made of them. */
  readonly own: number;
}

/** Percentages are 32-bit numbers, so that a match at the threshold may be written a little under it. */
const ROUNDING = 0.001;

/**
 * The case that an answer of Rekognition makes. An account with several matching faces is one
 * candidate, with the similarity of the most similar; the others stay in the answer, which is kept.
 */
export function caseOfAnswer(
  skeleton: CaseSkeleton,
  accounts: readonly NamedAccount[],
  search: RekognitionSearch,
): Result<AnsweredCase, string> {
  if ("matcher" in skeleton || "candidates" in skeleton) {
    return refuse("case.json has a matcher or candidates already; leave both to the answer.");
  }
  const { answer, threshold } = search;
  if (answer.matches.some(({ similarity }) => similarity < threshold - ROUNDING)) {
    return refuse(
      `The answer holds a match under ${threshold}, so it was not given to a search with this threshold; name the right one.`,
    );
  }
  if (answer.operation === "CompareFaces" && answer.matches.length + answer.unmatched === 0) {
    return refuse("The answer found no face in the target picture, so nothing was compared.");
  }
  const best = new Map<string, NamedAccount>();
  let own = 0;
  for (const account of accounts) {
    const id = account.candidate.subject.externalId;
    if (id === skeleton.subject.externalId) own += 1;
    else if (!best.has(id)) best.set(id, account);
  }
  if (best.size > MAX_CANDIDATES) {
    return refuse(
      `The answer names ${best.size} accounts and a case takes ${MAX_CANDIDATES}; search with a higher threshold.`,
    );
  }
  const refs = new Map<string, { account: string; ref: string }>();
  const candidates = [...best].map(([id, account], index) => {
    const rename = (ref: string): string => `c${index + 1}-${ref}`;
    for (const { ref } of account.candidate.evidence) refs.set(rename(ref), { account: id, ref });
    return candidateOf(account, rename);
  });
  return ok({
    refs,
    own,
    body: {
      ...skeleton,
      evidence: withBox(skeleton.evidence, search.picture, answer.searchedBox),
      matcher: {
        provider: "rekognition",
        modelVersion: search.modelVersion,
        gallery: search.collection,
        searchedAt: search.searchedAt,
        scoreScale: "0-100",
        threshold,
        // Rekognition recommends nothing; that somebody is over the threshold is what it says.
        recommendation: candidates.some(({ similarity }) => similarity !== undefined)
          ? "same_person"
          : "different_person",
        answer: search.raw,
      },
      candidates,
    },
  });
}

function candidateOf({ candidate, match, picture }: NamedAccount, rename: (ref: string) => string) {
  const matchId = match?.faceId ?? match?.userId;
  return {
    ...candidate,
    evidence: withBox(candidate.evidence, picture, match?.box).map((item) => ({
      ...item,
      ref: rename(item.ref),
    })),
    similarity: match?.similarity,
    ...(matchId === undefined ? {} : { matchId }),
  };
}

/** Evidence with the box where the provider found the face, unless upstream gave one. */
function withBox(
  evidence: CaseSkeleton["evidence"],
  picture: Picture | undefined,
  box: RekognitionBox | undefined,
): CaseSkeleton["evidence"] {
  if (picture === undefined || box === undefined) return evidence;
  return evidence.map((item) =>
    item.ref === picture.ref && item["faceBox"] === undefined
      ? { ...item, faceBox: faceBoxOf(box, picture.space) }
      : item,
  );
}

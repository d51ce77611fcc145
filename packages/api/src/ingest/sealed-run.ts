import type {
  NewCandidate,
  NewMatcherRun,
  NewProviderAnswer,
} from "@secondlook/db/ingest/store-case";
import { type Id, newId } from "@secondlook/domain/ids";
import type { CasePayload } from "@secondlook/domain/ingest/case-payload";
import type { SubjectKey } from "@secondlook/vault/subject-key";
import type { Deps } from "../core/deps.ts";
import type { WrittenObjects } from "./sealed-evidence.ts";
import {
  type Prepared,
  type SealedVerification,
  sealVerification,
  utc,
} from "./sealed-verification.ts";

/** A matcher run as it will be stored, with its candidates and their snapshots. */
export interface SealedRun {
  readonly row: Omit<NewMatcherRun, "cycle">;
  readonly answer: NewProviderAnswer | undefined;
  readonly candidates: readonly NewCandidate[];
  readonly verifications: readonly SealedVerification[];
}

/** What a run is for, and what upstream says of it. */
export interface RunToSeal extends Pick<CasePayload, "matcher" | "candidates"> {
  readonly caseId: Id<"case">;
  readonly probeKey: SubjectKey;
}

/** Encrypts a run's candidates and the provider's answer, and writes their evidence's objects. */
export async function sealRun(
  deps: Deps,
  given: Prepared,
  { caseId, probeKey, matcher, candidates }: RunToSeal,
  written: WrittenObjects,
): Promise<SealedRun> {
  const runId = newId("run", deps.random);
  // Similarities and thresholds are kept on one scale, 0 to 100.
  const scale = matcher.scoreScale === "0-1" ? 100 : 1;
  const verifications: SealedVerification[] = [];
  const rows: NewCandidate[] = [];
  for (const [index, candidate] of candidates.entries()) {
    const verification = await sealVerification(deps, given, candidate, written);
    verifications.push(verification);
    rows.push({
      id: newId("candidate", deps.random),
      caseId,
      verificationId: verification.row.id,
      subjectId: verification.row.subjectId,
      sharedSignals: [...new Set(candidate.sharedSignals)],
      runId,
      similarity: candidate.similarity === undefined ? null : candidate.similarity * scale,
      rank: index + 1,
      matchId: candidate.matchId ?? null,
    });
  }
  return {
    verifications,
    candidates: rows,
    row: {
      id: runId,
      caseId,
      provider: matcher.provider,
      modelVersion: matcher.modelVersion,
      gallery: matcher.gallery,
      searchedAt: utc(matcher.searchedAt),
      scoreScale: matcher.scoreScale,
      threshold: matcher.threshold === undefined ? null : matcher.threshold * scale,
      recommendation: matcher.recommendation,
    },
    answer:
      matcher.answer === undefined
        ? undefined
        : {
            runId,
            answer: await probeKey.encryptJson(matcher.answer, {
              object: runId,
              purpose: "provider_answer",
            }),
          },
  };
}

import { insertCapture } from "@secondlook/db/upstream/captures";
import {
  evidenceInconsistencies,
  type EvidenceUpdatePayload,
  evidenceUpdateSchema,
} from "@secondlook/domain/cases/upstream-payloads";
import type { Id } from "@secondlook/domain/ids";
import type { CasePayload } from "@secondlook/domain/ingest/case-payload";
import { CaseMoved, storeVerifications } from "../ingest/store-sealed.ts";
import { type SealedVerification, sealVerification } from "../ingest/sealed-verification.ts";
import type { MessageKind } from "./message.ts";

type Snapshot = Pick<CasePayload, "subject" | "capture" | "evidence">;

/** New captures of the probe and of candidates; each takes the place of the one before. */
export const evidenceMessage: MessageKind<EvidenceUpdatePayload> = {
  kind: "evidence",
  schema: evidenceUpdateSchema,
  files: true,
  faults: evidenceInconsistencies,
  evidence: ({ evidence = [], candidates }) => ({ evidence, candidates }),
  accounts: (payload) => snapshotsOf(payload).map(({ subject }) => subject.externalId),
  async seal(deps, { payload, own, ...prepared }, written) {
    const sealed: { readonly of: string; readonly verification: SealedVerification }[] = [];
    for (const snapshot of snapshotsOf(payload)) {
      const verification = await sealVerification(deps, prepared, snapshot, written);
      sealed.push({ of: snapshot.subject.externalId, verification });
    }
    const candidateIds = new Map<string, Id<"candidate">>();
    return {
      withdrawal: null,
      async store(tx, cycle, candidates) {
        await storeVerifications(
          tx,
          sealed.map(({ verification }) => verification),
        );
        for (const { of, verification } of sealed) {
          const candidate = candidates.find(({ externalId }) => externalId === of);
          // A run that came meanwhile may propose others.
          if (candidate === undefined && of !== own.probeExternalId)
            throw new CaseMoved("a candidate is not proposed any more");
          if (candidate !== undefined) candidateIds.set(of, candidate.candidateId);
          await insertCapture(tx, {
            caseId: own.caseId,
            verificationId: verification.row.id,
            candidateId: candidate?.candidateId ?? null,
            cycle,
          });
        }
      },
      events: ({ cycle, effect }) =>
        sealed.map(({ of, verification: { row, evidence } }) => {
          const candidate = candidateIds.get(of);
          return {
            kind: "case.evidence",
            subject: row.subjectId,
            verification: row.id,
            cycle,
            reason: effect,
            count: evidence.length,
            ...(candidate === undefined ? {} : { candidate }),
          };
        }),
    };
  },
};

function snapshotsOf(payload: EvidenceUpdatePayload): readonly Snapshot[] {
  const { subject, capture, evidence, candidates } = payload;
  if (subject === undefined || capture === undefined || evidence === undefined) return candidates;
  return [{ subject, capture, evidence }, ...candidates];
}

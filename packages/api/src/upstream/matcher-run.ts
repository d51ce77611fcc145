import { Refusal } from "../core/refusal.ts";
import { subjectKey } from "../core/subject-keys.ts";
import {
  matcherRunInconsistencies,
  type MatcherRunPayload,
  matcherRunSchema,
} from "@secondlook/domain/cases/upstream-payloads";
import { PeopleChanged } from "../ingest/people.ts";
import { sealRun } from "../ingest/sealed-run.ts";
import { storeRun, storeVerifications } from "../ingest/store-sealed.ts";
import type { MessageKind } from "./message.ts";

/** A further search of the machine, with candidates of its own. */
export const matcherRunMessage: MessageKind<MatcherRunPayload> = {
  kind: "matcher_run",
  schema: matcherRunSchema,
  files: true,
  faults: matcherRunInconsistencies,
  evidence: ({ candidates }) => ({ evidence: [], candidates }),
  accounts: ({ candidates }) => candidates.map(({ subject }) => subject.externalId),
  async seal(deps, { payload, own, ...prepared }, written) {
    const { caseId, probeSubjectId } = own;
    const probeKey = await subjectKey(deps, deps.db, probeSubjectId).catch((error: unknown) => {
      // Erased since the case was looked up: looked up again, the request is told.
      if (!(error instanceof Refusal) || error.code !== "not_found") throw error;
      throw new PeopleChanged("the probe's account was erased", { cause: error });
    });
    const run = await sealRun(deps, prepared, { ...payload, caseId, probeKey }, written);
    return {
      withdrawal: null,
      async store(tx, cycle) {
        await storeVerifications(tx, run.verifications);
        await storeRun(tx, run, cycle);
      },
      events({ cycle, effect }) {
        const event = { kind: "case.run", run: run.row.id, cycle, reason: effect } as const;
        return [
          { ...event, subject: probeSubjectId },
          ...run.candidates.map((candidate) => ({
            ...event,
            subject: candidate.subjectId,
            verification: candidate.verificationId,
            candidate: candidate.id,
          })),
        ];
      },
    };
  },
};

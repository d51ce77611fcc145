import { removeDrafts } from "@secondlook/db/upstream/move-case";
import {
  withdrawalInconsistencies,
  type WithdrawalPayload,
  withdrawalSchema,
} from "@secondlook/domain/cases/upstream-payloads";
import type { MessageKind } from "./message.ts";

/** The end of a case before it is decided, by upstream or by the person. */
export const withdrawalMessage: MessageKind<WithdrawalPayload> = {
  kind: "withdrawal",
  schema: withdrawalSchema,
  files: false,
  faults: withdrawalInconsistencies,
  evidence: () => ({ evidence: [], candidates: [] }),
  accounts: () => [],
  seal: async (_deps, { payload, own }) => ({
    withdrawal: payload,
    store: (tx) => removeDrafts(tx, own.caseId),
    events: ({ cycle }) => [
      {
        kind: "case.withdraw",
        subject: own.probeSubjectId,
        cycle,
        reason: payload.reason,
        method: payload.by,
      },
    ],
  }),
};

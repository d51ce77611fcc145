import type { Database } from "@secondlook/db/database";
import type { SealedViewing } from "@secondlook/db/judging/ratings";
import type { SubjectKey } from "@secondlook/vault/subject-key";
import type { Deps } from "../core/deps.ts";
import { subjectKey } from "../core/subject-keys.ts";
import type { Viewing } from "../schemas/viewing.ts";

/**
 * How a pair was looked at, each side under its own subject's key: points clicked on a face are
 * biometrics, and go with the person whose face it is. None of it is ever an event's.
 */
export async function sealViewing(
  deps: Pick<Deps, "vault">,
  tx: Database,
  of: {
    readonly candidateId: string;
    readonly viewing: Viewing | null | undefined;
    readonly probeKey: SubjectKey;
    readonly candidateSubjectId: string;
  },
): Promise<SealedViewing | null> {
  if (of.viewing === null || of.viewing === undefined) return null;
  const { probe, candidate, ...shared } = of.viewing;
  const about = { object: of.candidateId, purpose: "viewing" };
  return {
    probe: await of.probeKey.encryptJson({ ...shared, side: probe }, about),
    candidate:
      candidate === null
        ? null
        : await (
            await subjectKey(deps, tx, of.candidateSubjectId)
          ).encryptJson({ ...shared, side: candidate }, about),
  };
}

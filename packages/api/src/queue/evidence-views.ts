import type { EvidenceItem } from "@secondlook/db/queue/work-evidence";
import type { SubjectKey } from "@secondlook/vault/subject-key";
import { z } from "zod";
import type { Deps } from "../core/deps.ts";
import { faceInSchema, type WorkCase } from "../schemas/work.ts";

type EvidenceView = WorkCase["probe"]["evidence"][number];

/** What is kept of a face's box; boxes of before it was computed have no `faceIn`. */
const keptSchema = z.object({ faceIn: faceInSchema.nullish() });

/** Opens where faces are, with each subject's key at most once; for one request only. */
export function evidenceViews(
  deps: Pick<Deps, "vault">,
): (evidence: readonly EvidenceItem[]) => Promise<EvidenceView[]> {
  const keys = new Map<string, Promise<SubjectKey>>();

  async function faceIn(item: EvidenceItem): Promise<EvidenceView["faceIn"]> {
    const { sealedFaceBox: box } = item;
    if (box === null) return null;
    const key =
      keys.get(box.subjectId) ??
      deps.vault.openSubjectKey({ wrapped: box.wrappedKey, subjectId: box.subjectId });
    keys.set(box.subjectId, key);
    const opened = await (
      await key
    ).decryptJson(box.sealed, { object: item.evidenceId, purpose: "face_box" });
    return keptSchema.parse(opened).faceIn ?? null;
  }

  return (evidence) =>
    Promise.all(
      evidence.map(async (item) => {
        const { sealedFaceBox: _kept, ...view } = item;
        return { ...view, faceIn: await faceIn(item) };
      }),
    );
}

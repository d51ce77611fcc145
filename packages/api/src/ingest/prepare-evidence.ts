import type {
  MediaPreparer,
  MediaRefusal,
  PreparedClip,
  PreparedPhoto,
} from "@secondlook/domain/evidence/prepared";
import type { EvidenceItem } from "./evidence-items.ts";
import { type Fault, Problem, type ProblemStatus } from "./problem.ts";

/** One piece of evidence as it will be stored, still in clear and in memory. */
export interface PreparedEvidence {
  readonly item: EvidenceItem;
  readonly prepared: PreparedPhoto | PreparedClip;
}

/**
 * Prepares every file of the case; nothing is kept unless all are good.
 *
 * @returns the prepared files by ref.
 * @throws Problem 413, 415 or 422 with a pointer to each file that can't be taken.
 */
export async function prepareEvidence(
  media: MediaPreparer,
  items: readonly EvidenceItem[],
): Promise<ReadonlyMap<string, PreparedEvidence>> {
  const faults: (Fault & { readonly code: MediaRefusal["code"] })[] = [];
  const prepared = new Map<string, PreparedEvidence>();
  await Promise.all(
    items.map(async (item) => {
      const { pointer, bytes, faceBox } = item;
      const result =
        item.kind === "face_clip"
          ? await media.prepareClip({ bytes })
          : await media.preparePhoto({ bytes, ...(faceBox === undefined ? {} : { faceBox }) });
      if (result.ok) prepared.set(item.ref, { item, prepared: result.value });
      else faults.push({ pointer, detail: result.refusal.message, code: result.refusal.code });
    }),
  );
  if (faults.length > 0) {
    const sorted = faults.toSorted((one, other) =>
      one.pointer.localeCompare(other.pointer, "en", { numeric: true }),
    );
    throw new Problem(
      statusOf(sorted.map((fault) => fault.code)),
      "evidence_refused",
      `${sorted.map((fault) => `${fault.pointer}: ${fault.detail}`).join("; ")}. Nothing of this case was kept.`,
      sorted.map(({ pointer, detail }) => ({ pointer, detail })),
    );
  }
  return prepared;
}

const TOO_LARGE: readonly MediaRefusal["code"][] = ["too_large", "too_many_pixels", "too_long"];

/** Where the faults differ in kind, none of the narrower statuses would be true. */
function statusOf(codes: readonly MediaRefusal["code"][]): ProblemStatus {
  if (codes.every((code) => TOO_LARGE.includes(code))) return 413;
  if (codes.every((code) => code === "unsupported_format")) return 415;
  return 422;
}

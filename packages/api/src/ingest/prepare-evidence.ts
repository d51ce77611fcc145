import type {
  MediaPreparer,
  MediaRefusal,
  PreparedClip,
  PreparedPhoto,
} from "@secondlook/domain/evidence/prepared";
import type { Result } from "@secondlook/domain/result";
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
  const results = await Promise.all(
    items.map(async (item) => ({ item, result: await prepare(media, item) })),
  );
  const prepared = new Map<string, PreparedEvidence>();
  const faults: (Fault & { readonly code: MediaRefusal["code"] })[] = [];
  for (const { item, result } of results) {
    if (result.ok) prepared.set(item.ref, { item, prepared: result.value });
    else {
      const { code, message } = result.refusal;
      faults.push({ pointer: item.pointer, detail: `“${item.ref}”: ${message}`, code });
    }
  }
  if (faults.length === 0) return prepared;
  throw new Problem(
    statusOf(faults.map((fault) => fault.code)),
    "evidence_refused",
    `${faults.map((fault) => `${fault.pointer}: ${fault.detail}`).join("; ")}. Nothing of this case was kept.`,
    faults.map(({ pointer, detail }) => ({ pointer, detail })),
  );
}

function prepare(
  media: MediaPreparer,
  { kind, bytes, faceBox }: EvidenceItem,
): Promise<Result<PreparedPhoto | PreparedClip, MediaRefusal>> {
  if (kind === "face_clip") return media.prepareClip({ bytes });
  return media.preparePhoto({ bytes, ...(faceBox === undefined ? {} : { faceBox }) });
}

const TOO_LARGE: readonly MediaRefusal["code"][] = ["too_large", "too_many_pixels", "too_long"];

/** Where the faults differ in kind, none of the narrower statuses would be true. */
function statusOf(codes: readonly MediaRefusal["code"][]): ProblemStatus {
  if (codes.every((code) => TOO_LARGE.includes(code))) return 413;
  if (codes.every((code) => code === "unsupported_format")) return 415;
  return 422;
}

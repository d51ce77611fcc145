import type { CasePayload } from "@secondlook/domain/ingest/case-payload";
import type {
  MediaRefusal,
  PreparedClip,
  PreparedPhoto,
} from "@secondlook/domain/evidence/prepared";
import type { Deps } from "../core/deps.ts";
import { type Fault, Problem, type ProblemStatus } from "./problem.ts";

type EvidenceItem = CasePayload["evidence"][number];

/** One piece of evidence as it will be stored, still in clear and in memory. */
export interface PreparedEvidence {
  readonly item: EvidenceItem;
  readonly prepared: PreparedPhoto | PreparedClip;
}

/**
 * Prepares every file of the case; nothing is kept unless all are good.
 *
 * @returns the prepared files by ref.
 * @throws Problem 413, 415 or 422 with a pointer to each file that can't be taken, or that is
 * missing or not asked for.
 */
export async function prepareEvidence(
  deps: Deps,
  payload: CasePayload,
  files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
): Promise<ReadonlyMap<string, PreparedEvidence>> {
  const items: [string, EvidenceItem][] = [
    ...payload.evidence.map((item, index): [string, EvidenceItem] => [`/evidence/${index}`, item]),
    ...payload.candidates.flatMap((candidate, at) =>
      candidate.evidence.map((item, index): [string, EvidenceItem] => [
        `/candidates/${at}/evidence/${index}`,
        item,
      ]),
    ),
  ];
  assertComplete(items, files);

  const faults: (Fault & { readonly code: MediaRefusal["code"] })[] = [];
  const prepared = new Map<string, PreparedEvidence>();
  await Promise.all(
    items.map(async ([pointer, item]) => {
      const bytes = files.get(item.ref);
      if (bytes === undefined) return;
      const result =
        item.kind === "face_clip"
          ? await deps.media.prepareClip({ bytes })
          : await deps.media.preparePhoto({
              bytes,
              ...(item.faceBox === undefined ? {} : { faceBox: item.faceBox }),
            });
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

function assertComplete(
  items: readonly [string, EvidenceItem][],
  files: ReadonlyMap<string, Uint8Array>,
): void {
  const refs = new Set(items.map(([, item]) => item.ref));
  const faults: Fault[] = items
    .filter(([, item]) => !files.has(item.ref))
    .map(([pointer]) => ({
      pointer: `${pointer}/ref`,
      detail: "No file part has this name; send the file under its ref.",
    }));
  const strangers = [...files.keys()].filter((name) => !refs.has(name)).length;
  if (strangers > 0) {
    faults.push({
      pointer: "/evidence",
      detail: `${strangers} file part(s) have a name that no evidence refers to.`,
    });
  }
  if (faults.length > 0) {
    throw new Problem(
      422,
      "files_do_not_match",
      "The file parts and the evidence refs of the case don't match. Nothing was kept.",
      faults,
    );
  }
}

function statusOf(codes: readonly MediaRefusal["code"][]): ProblemStatus {
  if (
    codes.every((code) => code === "too_large" || code === "too_many_pixels" || code === "too_long")
  )
    return 413;
  if (codes.every((code) => code === "unsupported_format")) return 415;
  return 422;
}

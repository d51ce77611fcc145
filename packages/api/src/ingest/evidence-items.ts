import type { CasePayload } from "@secondlook/domain/ingest/case-payload";
import { type Fault, Problem } from "./problem.ts";

type Described = CasePayload["evidence"][number];

/** A piece of evidence as the case describes it, where it stands there, and its file. */
export interface EvidenceItem extends Described {
  readonly pointer: string;
  readonly bytes: Uint8Array<ArrayBuffer>;
}

/** Where evidence may stand in a request: the probe's, and that of candidates. */
export interface Describes {
  readonly evidence: readonly Described[];
  readonly candidates: readonly { readonly evidence: readonly Described[] }[];
}

/**
 * Brings evidence and files together.
 *
 * @throws Problem 422 with a pointer to each item whose file is missing, and for files that nothing
 * refers to.
 */
export function evidenceItems(
  payload: Describes,
  files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
): readonly EvidenceItem[] {
  const described: [string, Described][] = [
    ...payload.evidence.map((item, index): [string, Described] => [`/evidence/${index}`, item]),
    ...payload.candidates.flatMap((candidate, at) =>
      candidate.evidence.map((item, index): [string, Described] => [
        `/candidates/${at}/evidence/${index}`,
        item,
      ]),
    ),
  ];
  const faults: Fault[] = [];
  const items: EvidenceItem[] = [];
  for (const [pointer, item] of described) {
    const bytes = files.get(item.ref);
    if (bytes !== undefined) items.push({ ...item, pointer, bytes });
    else {
      faults.push({
        pointer: `${pointer}/ref`,
        detail: "No file part has this name; send the file under its ref.",
      });
    }
  }
  const refs = new Set(described.map(([, { ref }]) => ref));
  // By their places: a name that nothing refers to may be anything, a person's too. The case is part 1.
  const strangers = [...files.keys()].flatMap((name, at) => (refs.has(name) ? [] : [at + 2]));
  if (strangers.length > 0) {
    faults.push({
      pointer: "/evidence",
      detail:
        strangers.length === 1
          ? `Part ${strangers.join()} of the request has a name that no evidence refers to; leave it out.`
          : `Parts ${strangers.join(", ")} of the request have names that no evidence refers to; leave them out.`,
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
  return items;
}

import { type EvidenceFile, evidence } from "./evidence.ts";
import type { Product } from "@secondlook/testkit/product/start-product";
import { z } from "zod";

const takenSchema = z.object({ caseId: z.string() });
export const stateSchema = z.object({
  stage: z.string(),
  decision: z.object({ outcome: z.string() }).nullish(),
});

type Kind = "id_photo" | "profile_photo" | "face_clip";

/** A piece of evidence in a case: its ref, its kind, and the file that goes with it. */
interface SentEvidence {
  readonly ref: string;
  readonly kind: Kind;
  readonly file: EvidenceFile;
}

interface SentCandidate {
  readonly similarity?: number;
  readonly attributes?: object;
  readonly evidence?: readonly SentEvidence[];
}

export interface SentCase {
  readonly externalId: string;
  readonly priority?: "low" | "normal" | "high" | "urgent";
  readonly attributes?: object;
  /** The probe's; an ID photo and a clip by default. */
  readonly evidence?: readonly SentEvidence[];
  /** The same person, and another one, by default. */
  readonly candidates?: readonly SentCandidate[];
}

const CAPTURE = {
  noticeVersion: "2026-03",
  legalBasis: "consent",
  consentedAt: "2026-11-02T09:00:00Z",
  capturedAt: "2026-11-02T09:10:00Z",
};

const PROBE_ATTRIBUTES = {
  fullName: "Nguyễn Văn Ánh",
  dateOfBirth: "1991-04-02",
  documentType: "national_id",
  documentNumber: "C1234567",
  payoutAccount: "VN-970436-0011",
};

/** Every similarity that `sendCase` gives by default; none may be seen before the reveal. */
export const SIMILARITIES = [87.3461, 96.8172] as const;
export const PROVIDER = "facematch-nine";
export const MODEL_VERSION = "7.3.19";

/** The JSON of a case as upstream writes it, and the file for each ref. */
export async function caseOf(
  sent: SentCase,
): Promise<{ readonly body: object; readonly files: ReadonlyMap<string, EvidenceFile> }> {
  const files = await evidence();
  const probe = sent.evidence ?? [
    { ref: "id", kind: "id_photo", file: files.probeId },
    { ref: "clip", kind: "face_clip", file: files.clip },
  ];
  const candidates = sent.candidates ?? [
    {
      similarity: SIMILARITIES[0],
      evidence: [{ ref: "c1-id", kind: "id_photo", file: files.otherId }],
    },
    {
      similarity: SIMILARITIES[1],
      evidence: [{ ref: "c2-id", kind: "id_photo", file: files.sameId }],
    },
  ];
  const body = {
    externalId: sent.externalId,
    flaggedAt: "2026-11-02T09:14:03Z",
    region: "VN",
    priority: sent.priority ?? "normal",
    languages: [],
    skills: [],
    subject: {
      externalId: `${sent.externalId}-seller`,
      attributes: sent.attributes ?? PROBE_ATTRIBUTES,
    },
    capture: CAPTURE,
    evidence: probe.map(named),
    matcher: {
      provider: PROVIDER,
      modelVersion: MODEL_VERSION,
      gallery: "sellers-vn",
      searchedAt: "2026-11-02T09:13:00Z",
      scoreScale: "0-100",
      threshold: 80,
      recommendation: candidates.length === 0 ? "none" : "same_person",
    },
    candidates: candidates.map((candidate, index) => ({
      subject: {
        externalId: `${sent.externalId}-other-${index + 1}`,
        attributes: candidate.attributes ?? {
          fullName: `Nguyen Van ${index + 1}`,
          payoutAccount: PROBE_ATTRIBUTES.payoutAccount,
        },
      },
      capture: CAPTURE,
      ...(candidate.similarity === undefined ? {} : { similarity: candidate.similarity }),
      matchId: `match-${sent.externalId}-${index + 1}`,
      sharedSignals: ["payoutAccount"],
      evidence: (candidate.evidence ?? []).map(named),
    })),
  };
  const items = [...probe, ...candidates.flatMap((each) => each.evidence ?? [])];
  return { body, files: new Map(items.map(({ ref, file }) => [ref, file])) };
}

/** Sends a case as upstream does, over HTTP, and gives back its id. */
export async function sendCase(product: Product, sent: SentCase): Promise<string> {
  const { body, files } = await caseOf(sent);
  const form = new FormData();
  form.set("case", new Blob([JSON.stringify(body)], { type: "application/json" }), "case.json");
  for (const [ref, file] of files) form.set(ref, new Blob([file.bytes]), ref);
  const response = await fetch(`${product.url}/v1/cases`, {
    method: "POST",
    headers: { authorization: `Bearer ${product.ingestKey}` },
    body: form,
  });
  const answer: unknown = await response.json();
  if (response.status !== 201) {
    throw new Error(`The case was not taken (${response.status}): ${JSON.stringify(answer)}`);
  }
  return takenSchema.parse(answer).caseId;
}

/** What upstream sees of a case: its stage, and its outcome once one is effective. */
export async function upstreamView(
  product: Product,
  caseId: string,
): Promise<{ readonly stage: string; readonly outcome: string | null }> {
  const response = await fetch(`${product.url}/v1/cases/${caseId}`, {
    headers: { authorization: `Bearer ${product.ingestKey}` },
  });
  if (!response.ok) throw new Error(`Upstream may not read ${caseId}: ${response.status}`);
  const answer: unknown = await response.json();
  const { stage, decision } = stateSchema.parse(answer);
  return { stage, outcome: decision?.outcome ?? null };
}

function named(item: SentEvidence): object {
  const { faceBox } = item.file;
  return { ref: item.ref, kind: item.kind, ...(faceBox === undefined ? {} : { faceBox }) };
}

import type { CasePayload, casePayloadSchema } from "@secondlook/domain/ingest/case-payload";
import type { z } from "zod";
import { plainClip, plainPhoto } from "./plain-preparer.ts";

/** The part `case` as upstream writes it. */
export type CaseBody = z.input<typeof casePayloadSchema>;

/** A whole, valid case body: a photo and a clip of the probe, a photo of each candidate. */
export function caseBody(options: {
  readonly externalId: string;
  readonly similarities?: readonly number[];
  readonly change?: Partial<CaseBody>;
}): CaseBody {
  const { externalId, similarities = [97.2], change = {} } = options;
  const capture = {
    noticeVersion: "2026-03",
    legalBasis: "consent",
    consentedAt: "2026-11-02T09:00:00Z",
    capturedAt: "2026-11-02T09:10:00Z",
  };
  return {
    externalId,
    flaggedAt: "2026-11-02T09:14:03Z",
    region: "VN",
    priority: "normal",
    languages: ["vi"],
    skills: [],
    subject: {
      externalId: `${externalId}-seller`,
      attributes: {
        fullName: "Nguyễn Văn Ánh",
        dateOfBirth: "1991-04-02",
        documentType: "passport",
        documentNumber: "C1234567",
        payoutAccount: "VN-99-0001",
      },
    },
    capture,
    evidence: [
      {
        ref: "id",
        kind: "id_photo",
        faceBox: { left: 0.2, top: 0.1, width: 0.3, height: 0.4, space: "upright" },
      },
      { ref: "clip", kind: "face_clip" },
    ],
    matcher: {
      provider: "rekognition",
      modelVersion: "7.0",
      gallery: "sellers-vn",
      searchedAt: "2026-11-02T09:14:00Z",
      scoreScale: "0-100",
      threshold: 95,
      recommendation: "same_person",
    },
    candidates: similarities.map((similarity, index) => ({
      subject: {
        externalId: `${externalId}-other-${index + 1}`,
        attributes: { fullName: `Nguyen Van ${index + 1}`, payoutAccount: "VN-99-0001" },
      },
      capture,
      similarity,
      matchId: `face-${externalId}-${index + 1}`,
      sharedSignals: ["payoutAccount"],
      evidence: [{ ref: `c${index + 1}-id`, kind: "id_photo" }],
    })),
    ...change,
  };
}

/** Every piece of evidence of a body, the probe's first. */
export function evidenceRefs(body: CaseBody): readonly CaseBody["evidence"][number][] {
  return [body, ...body.candidates].flatMap((of) => of.evidence ?? []);
}

/** A file for every evidence ref of a body, as the plain preparer takes them. */
export function plainFiles(body: CaseBody): Map<string, Uint8Array<ArrayBuffer>> {
  return new Map(
    evidenceRefs(body).map(({ ref, kind }, index) => [
      ref,
      kind === "face_clip" ? plainClip(index) : plainPhoto(index),
    ]),
  );
}

/** The multipart form of `POST /v1/cases`. A string stands for the part `case` word for word. */
export function caseForm(
  body: CasePayload | CaseBody | string,
  files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
): FormData {
  const form = new FormData();
  const text = typeof body === "string" ? body : JSON.stringify(body);
  form.set("case", new Blob([text], { type: "application/json" }), "case.json");
  for (const [ref, bytes] of files) form.set(ref, new Blob([bytes]), ref);
  return form;
}

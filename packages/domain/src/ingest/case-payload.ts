import { z } from "zod";
import { caseInconsistencies } from "./case-consistency.ts";
import { providerAnswerSchema } from "./provider-answer.ts";
import { textSchema, externalIdSchema, instantSchema, regionSchema } from "./fields.ts";

/** Attributes of one verification, as upstream knows them. Every one may be absent. */
export const attributesSchema = z.strictObject({
  fullName: textSchema(200).optional(),
  dateOfBirth: z.iso.date("Give a date as YYYY-MM-DD.").optional(),
  documentType: textSchema(64).optional(),
  documentNumber: textSchema(64).optional(),
  address: textSchema(500).optional(),
  email: textSchema(320).optional(),
  phone: textSchema(64).optional(),
  payoutAccount: textSchema(128).optional(),
  deviceId: textSchema(128).optional(),
  ipAddress: textSchema(64).optional(),
  nationality: textSchema(64).optional(),
});
export type Attributes = z.infer<typeof attributesSchema>;

const captureSchema = z.strictObject({
  noticeVersion: textSchema(64),
  legalBasis: textSchema(64),
  consentedAt: instantSchema.optional(),
  capturedAt: instantSchema.optional(),
});

const ratio = z.number().min(-1).max(2);

export const faceBoxSchema = z.strictObject({
  left: ratio,
  top: ratio,
  width: z.number().gt(0).max(2),
  height: z.number().gt(0).max(2),
  space: z.enum(["stored", "upright"]),
});

const refSchema = z
  .string()
  .regex(
    /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/,
    "A ref is up to 64 of the letters A to Z, digits, dots, dashes and underscores, beginning with a letter or digit.",
  )
  .refine((ref) => ref.toLowerCase() !== "case", { error: "A ref can't be called “case”." });

export const evidenceSchema = z.strictObject({
  ref: refSchema,
  kind: z.enum(["id_photo", "profile_photo", "face_clip"]),
  faceBox: faceBoxSchema.optional(),
});

const subjectSchema = z.strictObject({
  externalId: externalIdSchema,
  attributes: attributesSchema,
});

const matcherSchema = z.strictObject({
  provider: textSchema(64),
  modelVersion: textSchema(64),
  gallery: textSchema(128),
  searchedAt: instantSchema,
  scoreScale: z.enum(["0-1", "0-100", "none"]),
  threshold: z.number().optional(),
  recommendation: z.enum(["same_person", "different_person", "none"]),
  answer: providerAnswerSchema.optional(),
});

export const SHARED_SIGNALS = [
  "payoutAccount",
  "deviceId",
  "address",
  "ipAddress",
  "email",
  "phone",
  "documentNumber",
] as const;
export type SharedSignal = (typeof SHARED_SIGNALS)[number];

const candidateSchema = z.strictObject({
  subject: subjectSchema,
  capture: captureSchema,
  similarity: z.number().optional(),
  matchId: textSchema(128).optional(),
  sharedSignals: z.array(z.enum(SHARED_SIGNALS)).max(SHARED_SIGNALS.length).default([]),
  evidence: z.array(evidenceSchema).max(10).default([]),
});

export const PRIORITIES = ["urgent", "high", "normal", "low"] as const;
export type Priority = (typeof PRIORITIES)[number];

/** At most this many candidates a case, and evidence files a request. */
export const MAX_CANDIDATES = 20;
export const MAX_FILES = 40;

/** The part `case` of `POST /v1/cases`; every fault has a pointer to the value at fault. */
export const casePayloadSchema = z
  .strictObject({
    externalId: externalIdSchema,
    flaggedAt: instantSchema,
    region: regionSchema,
    priority: z.enum(PRIORITIES).default("normal"),
    languages: z
      .array(z.string().regex(/^[a-z]{2,3}$/, "A language is an ISO 639 code such as “vi”."))
      .max(8)
      .default([]),
    skills: z
      .array(z.string().regex(/^[a-z][a-z0-9_]{0,31}$/, "A skill is a lower-case code."))
      .max(8)
      .default([]),
    subject: subjectSchema,
    capture: captureSchema,
    evidence: z
      .array(evidenceSchema)
      .min(1, "Send at least one piece of evidence of the probe.")
      .max(10),
    matcher: matcherSchema,
    candidates: z
      .array(candidateSchema)
      .max(MAX_CANDIDATES, `A case has at most ${MAX_CANDIDATES} candidates.`),
  })
  .superRefine((payload, context) => {
    for (const { path, message } of caseInconsistencies(payload, MAX_FILES)) {
      context.addIssue({ code: "custom", path, message });
    }
  });

export type CasePayload = z.infer<typeof casePayloadSchema>;

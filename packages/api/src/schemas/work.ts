import { z } from "zod";
import { COMPONENTS, COMPONENT_VIEWS, MISSING_REASONS } from "@secondlook/domain/judging/rating";
import { OUTCOMES, FINDINGS } from "@secondlook/domain/decisions/outcome";
import { REASON_CODES } from "@secondlook/domain/decisions/reasons";

export const caseIdSchema = z.templateLiteral(["cas_", z.string().regex(/^[0-9A-Za-z]{1,26}$/)]);
export const staffIdSchema = z.templateLiteral(["usr_", z.string().regex(/^[0-9A-Za-z]{1,26}$/)]);
export const candidateIdSchema = z.templateLiteral([
  "cnd_",
  z.string().regex(/^[0-9A-Za-z]{1,26}$/),
]);

/** Every write on a case shows the lease's fencing number. */
export const leaseRefSchema = z.strictObject({ caseId: caseIdSchema, fence: z.int().positive() });

export const ratingSchema = z.union([
  z.literal(-3),
  z.literal(-2),
  z.literal(-1),
  z.literal(0),
  z.literal(1),
  z.literal(2),
  z.literal(3),
]);

export const judgementSchema = z.strictObject({
  rating: ratingSchema,
  components: z.partialRecord(z.enum(COMPONENTS), z.enum(COMPONENT_VIEWS)),
  missing: z.array(z.enum(MISSING_REASONS)).max(MISSING_REASONS.length),
});

const rationaleSchema = z.string().max(4000);

/** The form as it is filled in; kept on the server, encrypted, private to its author. */
export const draftSchema = z.strictObject({
  /** Unsealed judgements by candidate. */
  judgements: z.record(candidateIdSchema, judgementSchema.partial()),
  findings: z.record(candidateIdSchema, z.enum(FINDINGS)),
  outcome: z.enum(OUTCOMES).nullable(),
  reasons: z.array(z.enum(REASON_CODES)).max(REASON_CODES.length),
  rationale: rationaleSchema,
  question: rationaleSchema,
  exemptionNote: rationaleSchema,
  /** `YYYY-MM-DD`, or empty; absent in drafts of before it was kept. */
  exemptionExpiresOn: z.string().max(10).optional(),
  inconclusiveRoute: z.enum(["new_capture", "lead"]).nullable().optional(),
});

const ratioBoxSchema = z.object({
  left: z.number(),
  top: z.number(),
  width: z.number(),
  height: z.number(),
});

/** Where the face is, as ratios of what is shown; it may run past the edge. */
export const faceInSchema = z.object({ face: ratioBoxSchema, whole: ratioBoxSchema });

/** One piece of evidence as the workbench needs it: nothing of it tells the machine's opinion. */
const evidenceViewSchema = z.object({
  evidenceId: z.string(),
  kind: z.enum(["id_photo", "profile_photo", "face_clip"]),
  marks: z.array(z.string()),
  width: z.int(),
  height: z.int(),
  frames: z.int().nullable(),
  durationMs: z.int().nullable(),
  codec: z.string().nullable(),
  /** Where upstream said that the face is; null for clips, and where it said nothing. */
  faceIn: faceInSchema.nullable(),
  renditions: z.array(
    z.object({
      name: z.enum(["face", "screen", "detail", "thumb", "clip"]),
      mediaType: z.string(),
      byteLength: z.int(),
      width: z.int(),
      height: z.int(),
    }),
  ),
});

const workCandidateSchema = z.object({
  candidateId: candidateIdSchema,
  evidence: z.array(evidenceViewSchema),
  /** The reviewer's own seal and the amendments beside it, oldest first. */
  sealed: judgementSchema.nullable(),
  amendments: z.array(judgementSchema),
  viewedMs: z.int(),
});

/** A case as its reviewer gets it: no stage, no round, no cycle, no score, no rank. */
const workCaseSchema = z.object({
  caseId: caseIdSchema,
  fence: z.int().positive(),
  leaseUntil: z.iso.datetime(),
  hardUntil: z.iso.datetime().nullable(),
  region: z.string(),
  dueAt: z.iso.datetime(),
  probe: z.object({ evidence: z.array(evidenceViewSchema) }),
  /** In an order that tells nothing. */
  candidates: z.array(workCandidateSchema),
  /** Whether this reviewer had the reveal of this round. */
  revealed: z.boolean(),
  draft: draftSchema.nullable(),
  rules: z.object({
    blindJudging: z.boolean(),
    attributesAfterSeal: z.boolean(),
    minimumViewSeconds: z.number(),
    heartbeatSeconds: z.int(),
    hardCapWarningMinutes: z.int(),
    undoSeconds: z.int(),
    reasonCodes: z.partialRecord(z.enum(OUTCOMES), z.array(z.enum(REASON_CODES))),
    /** Rationales of policy's own, by reason. */
    rationales: z.partialRecord(z.enum(REASON_CODES), z.array(z.string())),
  }),
});
export type WorkCase = z.infer<typeof workCaseSchema>;

/** Why there is nothing to do. */
const EMPTY_REASONS = [
  "nothing_waiting",
  "outside_your_scope",
  "only_cases_you_judged",
  "all_being_worked",
  "snoozed",
] as const;

export const claimResultSchema = z.discriminatedUnion("state", [
  z.object({
    state: z.literal("work"),
    active: workCaseSchema,
    reserved: workCaseSchema.nullable(),
  }),
  z.object({
    state: z.literal("empty"),
    reason: z.enum(EMPTY_REASONS),
    nextAt: z.iso.datetime().nullable(),
  }),
]);

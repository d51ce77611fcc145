import { sql } from "drizzle-orm";
import { z } from "zod";
import { column, type Database, idColumn, rowsOf } from "../database.ts";

const renditionSchema = z.object({
  name: z.enum(["face", "screen", "detail", "thumb", "clip"]),
  mediaType: z.string(),
  byteLength: z.int(),
  width: z.int(),
  height: z.int(),
});

const pieceRow = z
  .object({
    verification_id: idColumn("verification"),
    evidence_id: idColumn("evidence"),
    kind: z.enum(["id_photo", "profile_photo", "face_clip"]),
    marks: z.array(z.string()),
    width: z.int(),
    height: z.int(),
    frames: z.int().nullable(),
    duration_ms: z.int().nullable(),
    codec: z.string().nullable(),
    subject_id: idColumn("subject"),
    face_box: column.bytes.nullable(),
    wrapped_key: column.bytes.nullable(),
    renditions: z.array(renditionSchema).nullable(),
  })
  .transform((row) => ({
    verificationId: row.verification_id,
    item: {
      evidenceId: row.evidence_id,
      kind: row.kind,
      marks: row.marks,
      width: row.width,
      height: row.height,
      frames: row.frames,
      durationMs: row.duration_ms,
      codec: row.codec,
      renditions: row.renditions ?? [],
      sealedFaceBox:
        row.face_box === null || row.wrapped_key === null
          ? null
          : { subjectId: row.subject_id, wrappedKey: row.wrapped_key, sealed: row.face_box },
    },
  }));

/**
 * A piece of evidence with the renditions that may be served: `original` is never among them. Where
 * its face is stands encrypted under its subject's key.
 */
export type EvidenceItem = z.output<typeof pieceRow>["item"];

const shownRow = z.object({
  candidate_id: idColumn("candidate"),
  verification_id: idColumn("verification"),
});

/** The evidence of a round's probe and of the candidates that its cycle shows, in their pinned order. */
export async function loadCaseEvidence(
  db: Database,
  of: {
    readonly caseId: string;
    readonly cycle: number;
    readonly probeVerificationId: string;
  },
): Promise<{
  readonly probe: readonly EvidenceItem[];
  readonly candidates: readonly {
    readonly candidateId: `cnd_${string}`;
    readonly evidence: readonly EvidenceItem[];
  }[];
}> {
  const shown = await rowsOf(
    db,
    shownRow,
    sql`select s.candidate_id, s.verification_id
        from app.shown_candidate s
        where s.case_id = ${of.caseId} and s.cycle = ${of.cycle} order by s.place`,
  );
  const sides = [of.probeVerificationId, ...shown.map((row) => row.verification_id)];
  const pieces = await rowsOf(
    db,
    pieceRow,
    sql`select e.verification_id, e.id as evidence_id, e.kind, e.marks, e.width, e.height, e.frames, e.duration_ms, e.codec,
               e.subject_id, e.face_box, u.wrapped_key,
               (select json_agg(json_build_object('name', f.name, 'mediaType', f.media_type,
                         'byteLength', f.byte_length, 'width', f.width, 'height', f.height) order by f.name)
                from app.rendition f where f.evidence_id = e.id and f.name <> 'original') as renditions
        from app.evidence e join app.subject u on u.id = e.subject_id
        where e.verification_id in (${sql.join(
          sides.map((id) => sql`${id}`),
          sql`, `,
        )})
        order by e.verification_id, e.place`,
  );
  const evidenceOf = (verificationId: string): readonly EvidenceItem[] =>
    pieces.filter((row) => row.verificationId === verificationId).map((row) => row.item);
  return {
    probe: evidenceOf(of.probeVerificationId),
    candidates: shown.map((row) => ({
      candidateId: row.candidate_id,
      evidence: evidenceOf(row.verification_id),
    })),
  };
}

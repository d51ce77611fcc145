import { sql } from "drizzle-orm";
import { z } from "zod";
import type { RenditionName } from "@secondlook/domain/evidence/prepared";
import { column, type Database, idColumn } from "../database.ts";
import { keptRowOf } from "../kept-statement.ts";
import { holderMayWork } from "../queue/eligibility.ts";

const servedRow = z
  .object({
    object_id: z.string(),
    media_type: z.string(),
    subject_id: idColumn("subject"),
    wrapped_key: column.bytes.nullable(),
    lease_kind: z.enum(["active", "reserved"]),
    cycle: z.number(),
    round: z.enum(["first", "second", "adjudication", "second_adjudication"]),
  })
  .transform((row) => ({
    objectId: row.object_id,
    mediaType: row.media_type,
    subjectId: row.subject_id,
    wrappedKey: row.wrapped_key,
    leaseKind: row.lease_kind,
    cycle: row.cycle,
    round: row.round,
  }));

export type ServedRendition = z.output<typeof servedRow>;

/**
 * A rendition that this person may see now: they hold a live lease on the case with this fencing
 * number, and the evidence is the probe's or that of a candidate shown in this cycle. `original` is
 * never among them.
 */
export async function findServedRendition(
  db: Database,
  by: {
    readonly evidenceId: string;
    readonly name: Exclude<RenditionName, "original">;
    readonly caseId: string;
    readonly staffId: string;
    readonly fence: number;
  },
): Promise<ServedRendition | undefined> {
  return keptRowOf(
    db,
    "served_rendition",
    servedRow,
    sql`select f.object_id, f.media_type, e.subject_id, s.wrapped_key, r.lease_kind, r.cycle, r.round
        from app.round r
        join app.review_case c on c.id = r.case_id and c.cycle = r.cycle
        join app.evidence e on e.id = ${by.evidenceId}
        join app.rendition f on f.evidence_id = e.id and f.name = ${by.name} and f.name <> 'original'
        join app.subject s on s.id = e.subject_id
        where r.case_id = ${by.caseId} and r.holder = ${by.staffId} and r.fence = ${by.fence}
          and r.state = 'open' and r.claimable_at > app.now() and ${holderMayWork(sql`r`)}
          and (e.verification_id = c.probe_id or exists (
            select 1 from app.shown_candidate v
            where v.case_id = c.id and v.cycle = r.cycle and v.verification_id = e.verification_id))`,
  );
}

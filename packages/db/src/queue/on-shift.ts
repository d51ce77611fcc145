import { sql } from "drizzle-orm";
import { z } from "zod";
import { can, STAFF_ROLES, type StaffRole } from "@secondlook/domain/access/roles";
import { column, type Database, idColumn, rowsOf, textArray } from "../database.ts";

const shiftRow = z
  .object({
    id: idColumn("actor"),
    display_name: z.string(),
    role: z.enum(STAFF_ROLES),
    seen_at: column.instant.nullable(),
    paused: z.boolean(),
    last_active: column.instant.nullable(),
    case_id: idColumn("case").nullable(),
    subject_id: idColumn("subject").nullable(),
    region: z.string().nullable(),
    opened_at: column.instant.nullable(),
    lease_until: column.instant.nullable(),
    measured: z.boolean(),
  })
  .transform((row) => ({
    staffId: row.id,
    displayName: row.display_name,
    role: row.role,
    /** When a session of theirs last asked for anything; null where only a lease is left. */
    seenAt: row.seen_at,
    paused: row.paused,
    /** The beginning of the last minute in which they did something. */
    lastActive: row.last_active,
    /** Policy says for their case that activity is measured. */
    measured: row.measured,
    held:
      row.case_id === null ||
      row.subject_id === null ||
      row.region === null ||
      row.opened_at === null ||
      row.lease_until === null
        ? null
        : {
            caseId: row.case_id,
            probeSubjectId: row.subject_id,
            region: row.region,
            since: row.opened_at,
            until: row.lease_until,
          },
  }));

const JUDGES: readonly StaffRole[] = STAFF_ROLES.filter((role) => can(role, "queue.claim").allowed);

/**
 * Who may review and is signed in, or still holds a live lease: first those over a case, who has it
 * longest first, then the others by name. That somebody keeps a case ready is no presence.
 */
export async function onShift(
  db: Database,
  of: { readonly idleMinutes: number; readonly limit: number },
): Promise<readonly z.output<typeof shiftRow>[]> {
  return rowsOf(
    db,
    shiftRow,
    sql`with clock as materialized (select app.now() as now)
        select p.id, p.display_name, p.role, s.seen_at, coalesce(s.paused, false) as paused, a.last_active,
               r.case_id, v.subject_id, c.region, r.opened_at, r.claimable_at as lease_until,
               coalesce(app.policy_setting(c.policy_version, c.region, 'measureActivity')::boolean, false) as measured
        from app.staff p cross join clock
        left join lateral (
          select max(e.last_seen_at) as seen_at, bool_or(e.paused_at is not null) as paused
          from app.session e
          where e.staff_id = p.id and e.ended_at is null and e.expires_at > clock.now
            and e.last_seen_at > clock.now - make_interval(mins => ${of.idleMinutes})) s on true
        left join lateral (
          select max(m.minute) as last_active from app.active_minute m where m.staff_id = p.id) a on true
        left join app.round r on r.holder = p.id and r.lease_kind = 'active' and r.state = 'open'
          and r.claimable_at > clock.now
        left join app.review_case c on c.id = r.case_id
        left join app.verification v on v.id = c.probe_id
        where p.disabled_at is null and p.role = any(${textArray(JUDGES)})
          and (s.seen_at is not null or r.case_id is not null)
        order by r.opened_at nulls last, p.display_name, p.id limit ${of.limit}`,
  );
}

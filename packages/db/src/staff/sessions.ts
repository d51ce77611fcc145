import { sql } from "drizzle-orm";
import { z } from "zod";
import { STAFF_ROLES } from "@secondlook/domain/access/roles";
import { column, type Database, idColumn, run } from "../database.ts";
import { keptRowOf } from "../kept-statement.ts";

const sessionRow = z
  .object({
    id: idColumn("actor"),
    handle: z.string(),
    display_name: z.string(),
    role: z.enum(STAFF_ROLES),
    regions: z.array(z.string()).nullable(),
    languages: z.array(z.string()).nullable(),
    skills: z.array(z.string()),
    session_id: idColumn("session"),
    idle_seconds: column.numeric,
    paused: z.boolean(),
  })
  .transform((row) => ({
    idleSeconds: row.idle_seconds,
    staff: {
      id: row.id,
      handle: row.handle,
      displayName: row.display_name,
      role: row.role,
      regions: row.regions,
      languages: row.languages,
      skills: row.skills,
      sessionId: row.session_id,
      paused: row.paused,
    },
  }));

/** The live session of this token's hash: not ended, not expired, not idle too long, not disabled. */
export async function findSession(
  db: Database,
  by: { readonly hash: Uint8Array; readonly idleMinutes: number },
): Promise<z.output<typeof sessionRow> | undefined> {
  return keptRowOf(
    db,
    "live_session",
    sessionRow,
    sql`select p.id, p.handle, p.display_name, p.role, p.regions, p.languages, p.skills,
               s.id as session_id, extract(epoch from app.now() - s.last_seen_at) as idle_seconds,
               s.paused_at is not null as paused
        from app.session s join app.staff p on p.id = s.staff_id
        where s.token_hash = ${by.hash} and s.ended_at is null and s.expires_at > app.now()
          and s.last_seen_at > app.now() - make_interval(mins => ${by.idleMinutes})
          and p.disabled_at is null`,
  );
}

/** Marks a session as seen now. */
export async function touchSession(db: Database, sessionId: string): Promise<void> {
  await run(
    db,
    sql`update app.session set last_seen_at = app.now() where id = ${sessionId} and ended_at is null`,
  );
}

/** Notes that the person of this session paused, or that they go on. */
export async function setPaused(db: Database, sessionId: string, paused: boolean): Promise<void> {
  await run(
    db,
    sql`update app.session set paused_at = case when ${paused} then app.now() end where id = ${sessionId}`,
  );
}

import { sql } from "drizzle-orm";
import { z } from "zod";
import { STAFF_ROLES } from "@secondlook/domain/access/roles";
import type { Id } from "@secondlook/domain/ids";
import { type Database, idColumn, rowOf, rowsOf, run } from "../database.ts";

const accountRow = z
  .object({
    id: idColumn("actor"),
    handle: z.string(),
    display_name: z.string(),
    role: z.enum(STAFF_ROLES),
  })
  .transform((row) => ({
    id: row.id,
    handle: row.handle,
    displayName: row.display_name,
    role: row.role,
  }));

export type Account = z.output<typeof accountRow>;

/** The account of this handle, unless it is disabled. */
export async function findAccount(db: Database, handle: string): Promise<Account | undefined> {
  return rowOf(
    db,
    accountRow,
    sql`select id, handle, display_name, role from app.staff where handle = ${handle} and disabled_at is null`,
  );
}

/** Every account that may sign in, by role and handle. */
export async function listAccounts(db: Database): Promise<readonly Account[]> {
  return rowsOf(
    db,
    accountRow,
    sql`select id, handle, display_name, role from app.staff where disabled_at is null
        order by array_position(array['reviewer', 'senior', 'lead', 'auditor', 'privacy', 'admin'], role), handle`,
  );
}

/** Whose one-time link this is, while it is good: known, not used, not too old. */
export async function findLinkAccount(
  db: Database,
  tokenHash: Uint8Array,
): Promise<Account | undefined> {
  return rowOf(
    db,
    accountRow,
    sql`select p.id, p.handle, p.display_name, p.role
        from app.signin_link l join app.staff p on p.id = l.staff_id
        where l.token_hash = ${tokenHash} and l.used_at is null and l.expires_at > app.now()
          and p.disabled_at is null`,
  );
}

/** Uses up a one-time link, once whoever asks; false where it is not good any more. */
export async function takeLink(tx: Database, tokenHash: Uint8Array): Promise<boolean> {
  const taken = await rowOf(
    tx,
    z.object({ id: z.string() }),
    sql`update app.signin_link set used_at = app.now()
        where token_hash = ${tokenHash} and used_at is null and expires_at > app.now() returning id`,
  );
  return taken !== undefined;
}

/** A new session; the browser gets the token, the database only its keyed hash. */
export async function createSession(
  tx: Database,
  session: {
    readonly id: Id<"session">;
    readonly staffId: Id<"actor">;
    readonly tokenHash: Uint8Array;
    readonly hours: number;
  },
): Promise<void> {
  await run(
    tx,
    sql`insert into app.session (id, staff_id, token_hash, expires_at)
        values (${session.id}, ${session.staffId}, ${session.tokenHash}, app.now() + make_interval(hours => ${session.hours}))`,
  );
}

/** Ends a session; ending one twice is no error. */
export async function endSession(tx: Database, sessionId: string): Promise<void> {
  await run(
    tx,
    sql`update app.session set ended_at = app.now() where id = ${sessionId} and ended_at is null`,
  );
}

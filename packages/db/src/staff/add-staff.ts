import { sql } from "drizzle-orm";
import { z } from "zod";
import type { StaffRole } from "@secondlook/domain/access/roles";
import type { Id } from "@secondlook/domain/ids";
import { type Database, rowOf, run, textArray } from "../database.ts";

/** A person to be added, and what may be routed to them (null: every region or language). */
export interface NewStaff {
  readonly id: Id<"actor">;
  readonly handle: string;
  readonly displayName: string;
  readonly role: StaffRole;
  readonly regions: readonly string[] | null;
  readonly languages: readonly string[] | null;
  readonly skills: readonly string[];
}

/** Adds a person; false where the handle is taken, and then nothing was changed. */
export async function addStaff(tx: Database, staff: NewStaff): Promise<boolean> {
  const added = await rowOf(
    tx,
    z.object({ id: z.string() }),
    sql`insert into app.staff (id, handle, display_name, role, regions, languages, skills)
        values (${staff.id}, ${staff.handle}, ${staff.displayName}, ${staff.role},
                ${staff.regions === null ? sql`null` : textArray(staff.regions)},
                ${staff.languages === null ? sql`null` : textArray(staff.languages)},
                ${textArray(staff.skills)})
        on conflict (handle) do nothing returning id`,
  );
  return added !== undefined;
}

/** A one-time sign-in link for a person; the link holds the token, the database its keyed hash. */
export async function addLink(
  tx: Database,
  link: {
    readonly id: Id<"link">;
    readonly staffId: string;
    readonly tokenHash: Uint8Array;
    readonly minutes: number;
  },
): Promise<void> {
  await run(
    tx,
    sql`insert into app.signin_link (id, token_hash, staff_id, expires_at)
        values (${link.id}, ${link.tokenHash}, ${link.staffId}, app.now() + make_interval(mins => ${link.minutes}))`,
  );
}

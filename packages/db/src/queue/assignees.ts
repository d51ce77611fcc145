import { sql } from "drizzle-orm";
import { z } from "zod";
import { can, STAFF_ROLES } from "@secondlook/domain/access/roles";
import { type Database, idColumn, rowsOf, textArray } from "../database.ts";

const assigneeRow = z
  .object({
    id: idColumn("actor"),
    display_name: z.string(),
    role: z.enum(STAFF_ROLES),
    regions: z.array(z.string()).nullable(),
    languages: z.array(z.string()).nullable(),
    skills: z.array(z.string()),
  })
  .transform((row) => ({
    staffId: row.id,
    displayName: row.display_name,
    role: row.role,
    regions: row.regions,
    languages: row.languages,
    skills: row.skills,
  }));

/** Everybody who may be given work, by name. */
export async function assignees(db: Database): Promise<readonly z.output<typeof assigneeRow>[]> {
  const judges = STAFF_ROLES.filter((role) => can(role, "queue.claim").allowed);
  return rowsOf(
    db,
    assigneeRow,
    sql`select p.id, p.display_name, p.role, p.regions, p.languages, p.skills from app.staff p
        where p.disabled_at is null and p.role = any(${textArray(judges)})
        order by p.display_name, p.id limit 500`,
  );
}

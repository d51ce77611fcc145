import type { Findings } from "@secondlook/audit/finding";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { type Database, rowsOf } from "../database.ts";

const OWNER = "secondlook_audit_owner";

/** The log's tables by name: `p` is partitioned, `r` an ordinary table. */
const TABLES: Readonly<Record<string, "p" | "r">> = {
  event: "p",
  position: "p",
  tile: "r",
  checkpoint: "r",
  head: "r",
};

const relationRow = z.object({
  name: z.string(),
  kind: z.string(),
  owner: z.string(),
  parent: z.string().nullable(),
  triggers: z.array(z.string()),
});
const grantRow = z.object({ grantee: z.string(), relation: z.string(), privilege: z.string() });

/**
 * Whether the log's tables are still the ones that were made: no view in a table's place, no
 * partition taken off, no trigger switched off, no right given that the roles don't have.
 */
export async function checkStructure(db: Database, findings: Findings): Promise<void> {
  const fault = (message: string): void => findings.problem({ code: "structure", message });
  const relations = await rowsOf(
    db,
    relationRow,
    sql`select c.relname::text as name, c.relkind::text as kind, pg_get_userbyid(c.relowner)::text as owner,
               (select p.relname::text from pg_inherits i join pg_class p on p.oid = i.inhparent where i.inhrelid = c.oid) as parent,
               array(select t.tgname::text from pg_trigger t
                     where t.tgrelid = c.oid and not t.tgisinternal and t.tgenabled = 'A') as triggers
        from pg_class c join pg_namespace n on n.oid = c.relnamespace
        where n.nspname = 'audit' and c.relkind in ('r', 'p', 'v', 'm', 'f') order by c.relname`,
  );
  const byName = new Map(relations.map((relation) => [relation.name, relation]));
  for (const [name, kind] of Object.entries(TABLES)) {
    const found = byName.get(name);
    if (found === undefined) fault(`The table audit.${name} is gone.`);
    else if (found.kind !== kind)
      fault(`audit.${name} is not the table that was made, but something in its place.`);
  }
  for (const { name, owner, parent, triggers } of relations) {
    const part = /^(event|position)_p\d+$/.test(name);
    if (part && parent === null) fault(`The partition audit.${name} was taken off its table.`);
    if (name !== "entry" && !part && !(name in TABLES))
      fault(`audit.${name} does not belong to the log.`);
    if (name === "entry") continue;
    if (owner !== OWNER) fault(`audit.${name} belongs to ${owner}, not to the log's owner.`);
    for (const trigger of ["refuse_change", "refuse_truncate"]) {
      if (!triggers.includes(trigger)) fault(`The trigger ${trigger} of audit.${name} is off.`);
    }
  }
  for (const { grantee, relation, privilege } of await foreignGrants(db)) {
    fault(`${grantee} was given ${privilege} on audit.${relation}.`);
  }
}

/** Rights beyond those of migration 0002, without the owner's own. */
function foreignGrants(db: Database): Promise<readonly z.output<typeof grantRow>[]> {
  return rowsOf(
    db,
    grantRow,
    sql`with given as (
          select c.relname::text as relation, coalesce(g.rolname::text, 'everybody') as grantee, a.privilege_type as privilege
          from pg_class c join pg_namespace n on n.oid = c.relnamespace
          cross join lateral aclexplode(c.relacl) a left join pg_roles g on g.oid = a.grantee
          where n.nspname = 'audit' and c.relkind in ('r', 'p') and a.grantee <> c.relowner)
        select grantee, relation, privilege from given
        where not coalesce(
          (grantee = 'secondlook_sequencer' and (
            (relation = 'event' and privilege = 'SELECT')
            or (relation in ('position', 'tile', 'checkpoint', 'entry') and privilege in ('SELECT', 'INSERT'))
            or (relation = 'head' and privilege in ('SELECT', 'UPDATE'))))
          or (grantee = 'secondlook_reader' and relation in ('entry', 'checkpoint', 'tile') and privilege = 'SELECT'), false)
        order by relation, grantee, privilege`,
  );
}

import type { Vault } from "@secondlook/vault/vault";
import type pg from "pg";
import { StopError } from "../config/stop-error.ts";

/** The log-ins of the running server; each may only do what it needs (migrations, 0001 to 0005). */
export const LOGIN_ROLES = [
  "secondlook_app",
  "secondlook_sequencer",
  "secondlook_reader",
  "secondlook_jobs",
] as const;
export type LoginRole = (typeof LOGIN_ROLES)[number];

/**
 * Gives the log-ins passwords derived from the root key, so that every server of a deployment knows
 * them and none has to be stored. A comment on the role tells which root key they belong to.
 *
 * @throws StopError where the roles of this cluster belong to a deployment with another root key.
 */
export async function prepareLogins(client: pg.Client, vault: Vault): Promise<void> {
  const mark = `secondlook:${(await vault.deriveSecret("login/mark")).slice(0, 16)}`;
  for (const role of LOGIN_ROLES) {
    const { rows } = await client.query<{ mark: string | null }>(
      "select shobj_description(oid, 'pg_authid') as mark from pg_roles where rolname = $1",
      [role],
    );
    const found = rows[0]?.mark ?? null;
    if (found === mark) continue;
    if (found !== null) {
      throw new StopError(
        `The log-in ${role} of this Postgres belongs to a Secondlook with another root key; restore that root key into the data folder, or use another Postgres.`,
      );
    }
    const secret = await vault.deriveSecret(`login/${role}`);
    await client.query(`alter role ${role} password ${client.escapeLiteral(secret)}`);
    await client.query(`comment on role ${role} is ${client.escapeLiteral(mark)}`);
  }
}

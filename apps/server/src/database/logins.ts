import type { Vault } from "@secondlook/vault/vault";
import type pg from "pg";
import { StopError } from "../config/stop-error.ts";
import { scramVerifier } from "./scram-verifier.ts";

/** The log-ins of the running server; each may only do what it needs (migrations, 0001 to 0005). */
export const LOGIN_ROLES = [
  "secondlook_app",
  "secondlook_sequencer",
  "secondlook_reader",
  "secondlook_jobs",
] as const;
export type LoginRole = (typeof LOGIN_ROLES)[number];

const LOCK = 7_305_113_405;

/** A log-in's password: derived from the root key, so every server of a deployment knows it. */
export function loginPassword(vault: Vault, role: LoginRole): Promise<string> {
  return vault.deriveSecret(`login/${role}`);
}

/**
 * Refuses a cluster whose log-ins belong to a deployment with another root key, before anything is
 * changed. A comment on each role tells which root key it belongs to.
 *
 * @throws StopError
 */
export async function refuseForeignLogins(client: pg.Client, vault: Vault): Promise<void> {
  const mine = await markOf(vault);
  const foreign = [...(await readMarks(client))].find(([, mark]) => mark !== null && mark !== mine);
  if (foreign === undefined) return;
  throw new StopError(
    `The log-in ${foreign[0]} of this Postgres belongs to a Secondlook with another root key; put that key's file into the data folder, use another Postgres, or drop the roles secondlook_* if that Secondlook is gone for good.`,
  );
}

/**
 * Gives the log-ins their passwords where they lack them, or where `opens` finds one that doesn't
 * work, as after a restore of the roles without their passwords.
 */
export async function prepareLogins(
  client: pg.Client,
  vault: Vault,
  opens: (role: LoginRole) => Promise<boolean>,
): Promise<void> {
  const mine = await markOf(vault);
  const marks = await readMarks(client);
  for (const role of LOGIN_ROLES) {
    if (marks.get(role) === mine && (await opens(role))) continue;
    const verifier = scramVerifier(await loginPassword(vault, role));
    await client.query("begin");
    try {
      // Two servers that start at once would otherwise trip over each other's change.
      await client.query("select pg_advisory_xact_lock($1)", [LOCK]);
      await client.query(`alter role ${role} password ${client.escapeLiteral(verifier)}`);
      await client.query(`comment on role ${role} is ${client.escapeLiteral(mine)}`);
      await client.query("commit");
    } catch (error) {
      await client.query("rollback");
      throw error;
    }
  }
}

async function markOf(vault: Vault): Promise<string> {
  return `secondlook:${(await vault.deriveSecret("login/mark")).slice(0, 16)}`;
}

/** The comments of those log-ins that exist. */
async function readMarks(client: pg.Client): Promise<ReadonlyMap<string, string | null>> {
  const { rows } = await client.query<{ rolname: string; mark: string | null }>(
    "select rolname, shobj_description(oid, 'pg_authid') as mark from pg_roles where rolname = any($1)",
    [LOGIN_ROLES],
  );
  return new Map(rows.map((row) => [row.rolname, row.mark]));
}

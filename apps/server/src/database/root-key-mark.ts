import { VaultError } from "@secondlook/vault/errors";
import type { Vault } from "@secondlook/vault/vault";
import type pg from "pg";
import { StopError } from "../config/stop-error.ts";

const MARK = "root key ";

/**
 * Checks that the database was made with this root key, and marks a new one (a comment on the schema,
 * which backups carry along). With another key nothing that is kept could be opened, and what is
 * written from now on could not be opened with the old one.
 *
 * @throws StopError before anything is written under the wrong key.
 */
export async function checkRootKey(owner: pg.Client, vault: Vault, dataDir: string): Promise<void> {
  const mine = `${MARK}${(await vault.deriveSecret("database/mark")).slice(0, 16)}`;
  const { rows } = await owner.query<{ mark: string | null }>(
    "select obj_description('app'::regnamespace, 'pg_namespace') as mark",
  );
  const found = rows[0]?.mark ?? null;
  if (found === mine) return;
  if (found?.startsWith(MARK) === true || !(await opensWhatIsKept(owner, vault))) {
    throw new StopError(
      `The database was made with another root key than the one in ${dataDir}/root-key; put that key's file back there and start again.`,
    );
  }
  await owner.query(`comment on schema app is ${owner.escapeLiteral(mine)}`);
}

/** For a database that lost its mark: whether the key opens an account's key. */
async function opensWhatIsKept(owner: pg.Client, vault: Vault): Promise<boolean> {
  const { rows } = await owner.query<{ id: string; wrapped_key: Buffer }>(
    "select id, wrapped_key from app.subject where wrapped_key is not null limit 1",
  );
  const kept = rows[0];
  if (kept === undefined) return true;
  try {
    await vault.openSubjectKey({ wrapped: kept.wrapped_key, subjectId: kept.id });
    return true;
  } catch (error) {
    if (error instanceof VaultError) return false;
    throw error;
  }
}

import { NewerDatabaseError, migrate } from "@secondlook/db/migrate";
import { loadMigrations } from "@secondlook/db/load-migrations";
import { EmbeddedPostgresError, startEmbeddedPostgres } from "@secondlook/postgres/embedded";
import { findRunningPostgres } from "@secondlook/postgres/running";
import type { Vault } from "@secondlook/vault/vault";
import type pg from "pg";
import type { Config } from "../config/config.ts";
import { StopError } from "../config/stop-error.ts";
import type { OpenDatabase } from "./opened-database.ts";
import { openOwnDatabase } from "./own-database.ts";
import { checkRootKey } from "./root-key-mark.ts";
import { withClient } from "./with-client.ts";

const DATABASE = "secondlook";

/**
 * Starts the embedded Postgres or connects to one's own, migrates it, checks that it belongs to this
 * root key, and prepares the log-ins. Without a vault, for the log alone, nothing is checked and every
 * role is the owner, because the log-ins' passwords come from the root key.
 *
 * @throws StopError with one sentence that says what to do.
 */
export async function openDatabase(
  config: Config,
  vault: Vault | undefined,
): Promise<OpenDatabase> {
  const prepare = (client: pg.Client): Promise<void> => prepareAsOwner(client, vault, config);
  return config.databaseUrl === undefined
    ? openEmbedded(config, prepare)
    : openOwnDatabase(config.databaseUrl, vault, prepare);
}

async function openEmbedded(
  config: Config,
  prepare: (client: pg.Client) => Promise<void>,
): Promise<OpenDatabase> {
  const server = await startEmbeddedPostgres({ dataDir: config.dataDir }).catch(
    (error: unknown) => {
      if (error instanceof EmbeddedPostgresError)
        throw new StopError(error.message, { cause: error });
      throw error;
    },
  );
  try {
    await withClient(server.connection, async (client) => {
      const found = await client.query("select 1 from pg_database where datname = $1", [DATABASE]);
      if (found.rowCount === 0) await client.query(`create database ${DATABASE}`);
    });
    const owner = { ...server.connection, database: DATABASE };
    await withClient(owner, prepare);
    return {
      description: `embedded Postgres ${server.version}`,
      connection: (role) => ({ ...owner, user: role === "owner" ? owner.user : role }),
      ended: server.ended,
      close: () => server.stop(),
    };
  } catch (error) {
    await server.stop();
    throw error;
  }
}

async function prepareAsOwner(
  client: pg.Client,
  vault: Vault | undefined,
  config: Config,
): Promise<void> {
  try {
    await migrate(client, await loadMigrations());
  } catch (error) {
    if (error instanceof NewerDatabaseError) throw new StopError(error.message, { cause: error });
    throw error;
  }
  if (vault !== undefined) await checkRootKey(client, vault, config.dataDir);
  await client.query("select audit.ensure_partitions()");
}

/**
 * For a command beside the server: the database of a running server, or one started for the while.
 *
 * @throws StopError as `openDatabase`.
 */
export async function attachDatabase(
  config: Config,
  vault: Vault | undefined,
): Promise<OpenDatabase> {
  try {
    return await openDatabase(config, vault);
  } catch (error) {
    const inUse =
      error instanceof StopError &&
      error.cause instanceof EmbeddedPostgresError &&
      error.cause.code === "already_in_use";
    const running = inUse ? await findRunningPostgres(config.dataDir) : undefined;
    if (running === undefined) throw error;
    const owner = { ...running, database: DATABASE };
    return {
      description: "the running server's Postgres",
      connection: (role) => ({ ...owner, user: role === "owner" ? owner.user : role }),
      ended: new Promise(() => undefined),
      close: async () => undefined,
    };
  }
}

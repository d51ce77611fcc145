import { NewerDatabaseError, migrate } from "@secondlook/db/migrate";
import { loadMigrations } from "@secondlook/db/load-migrations";
import { EmbeddedPostgresError, startEmbeddedPostgres } from "@secondlook/postgres/embedded";
import { findRunningPostgres } from "@secondlook/postgres/running";
import type { Vault } from "@secondlook/vault/vault";
import pg from "pg";
import type { Config } from "../config/config.ts";
import { StopError } from "../config/stop-error.ts";
import { prepareLogins, type LoginRole } from "./logins.ts";

/** The opened database: how to log in as each role, and how to end it. */
export interface OpenDatabase {
  /** In words, for the start's line. */
  readonly description: string;
  /** Connection of a role; the owner migrates and does maintenance, requests never use it. */
  connection(role: LoginRole | "owner"): pg.ClientConfig;
  /** Resolves when an embedded Postgres has ended by itself, with its last words. */
  readonly ended: Promise<string>;
  close(): Promise<void>;
}

const OLDEST = 150_000;
const DATABASE = "secondlook";

/**
 * Starts the embedded Postgres or connects to one's own, migrates it and prepares the log-ins.
 *
 * @throws StopError with one sentence that says what to do.
 */
export async function openDatabase(
  config: Config,
  vault: Vault,
  log: (line: string) => void,
): Promise<OpenDatabase> {
  return config.databaseUrl === undefined
    ? openEmbedded(config, log)
    : openOwn(config.databaseUrl, vault);
}

async function openEmbedded(config: Config, log: (line: string) => void): Promise<OpenDatabase> {
  const server = await startEmbeddedPostgres({ dataDir: config.dataDir, log }).catch(
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
    await withClient(owner, migrateAsOwner);
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

async function openOwn(databaseUrl: string, vault: Vault): Promise<OpenDatabase> {
  const owner: pg.ClientConfig = { connectionString: databaseUrl };
  const where = new URL(databaseUrl).host || "its socket";
  let version = "";
  await withClient(owner, async (client) => {
    const { rows } = await client.query<{ number: number; text: string }>(
      "select current_setting('server_version_num')::int as number, current_setting('server_version') as text",
    );
    const found = rows[0];
    version = found?.text ?? "";
    if (found === undefined || found.number < OLDEST) {
      throw new StopError(
        `The Postgres at ${where} is version ${version}; Secondlook needs 15 or later.`,
      );
    }
    await migrateAsOwner(client);
    await prepareLogins(client, vault);
  }).catch((error: unknown) => {
    if (error instanceof StopError) throw error;
    const reason = error instanceof Error ? error.message : "it did not answer";
    throw new StopError(
      `The database of DATABASE_URL (${where}) can't be used: ${reason.replace(/\.$/, "")}. Check that it runs, and that the address, user and password are right.`,
      { cause: error },
    );
  });
  const secrets = new Map<LoginRole, string>();
  for (const role of [
    "secondlook_app",
    "secondlook_sequencer",
    "secondlook_reader",
    "secondlook_jobs",
  ] as const) {
    secrets.set(role, await vault.deriveSecret(`login/${role}`));
  }
  return {
    description: `Postgres ${version} at ${where}`,
    connection(role) {
      if (role === "owner") return owner;
      const url = new URL(databaseUrl);
      url.username = role;
      url.password = secrets.get(role) ?? "";
      return { connectionString: url.href };
    },
    ended: new Promise(() => undefined),
    close: async () => undefined,
  };
}

async function migrateAsOwner(client: pg.Client): Promise<void> {
  try {
    await migrate(client, await loadMigrations());
  } catch (error) {
    if (error instanceof NewerDatabaseError) throw new StopError(error.message, { cause: error });
    throw error;
  }
  await client.query("select audit.ensure_partitions()");
}

/**
 * For a command beside the server: the database of a running server, or one started for the while.
 *
 * @throws StopError as `openDatabase`.
 */
export async function attachDatabase(config: Config, vault: Vault): Promise<OpenDatabase> {
  try {
    return await openDatabase(config, vault, () => undefined);
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

/** Runs work on one connection and closes it. */
export async function withClient<T>(
  connection: pg.ClientConfig,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: 10_000 });
  // An error between queries would otherwise end the process; the next query reports it.
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

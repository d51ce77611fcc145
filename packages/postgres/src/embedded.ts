import { constants, mkdir, access, realpath } from "node:fs/promises";
import { join, resolve } from "node:path";

import pg from "pg";

import { chooseAccount } from "./account.ts";
import { findBinaries } from "./binaries.ts";
import { ensureCluster } from "./cluster.ts";
import { lockDataFolder } from "./data-folder-lock.ts";
import { EmbeddedPostgresError } from "./embedded-postgres-error.ts";
import { clearFormerPostmaster } from "./postmaster-pid.ts";
import { startPostmaster, stopPostmaster } from "./postmaster.ts";
import { makeSocketFolder, SOCKET_PORT } from "./socket-folder.ts";

export { EmbeddedPostgresError } from "./embedded-postgres-error.ts";

/** How to connect as superuser; `host` is the folder of the socket. There is no password. */
export interface EmbeddedConnection {
  readonly host: string;
  readonly port: number;
  readonly user: string;
  readonly database: string;
  /** Said, so that a PGSSLMODE in the environment doesn't ask for TLS on a socket. */
  readonly ssl: false;
}

export interface EmbeddedPostgres {
  readonly connection: EmbeddedConnection;
  /** As Postgres tells it, for example `18.4`. */
  readonly version: string;
  /** Resolves when Postgres has ended, with its last words; also when nobody asked it to. */
  readonly ended: Promise<string>;
  /** Ends open sessions, writes everything down and returns when Postgres is gone. */
  stop(): Promise<void>;
}

export interface EmbeddedPostgresOptions {
  /** The cluster lies in `<dataDir>/postgres`. Made if missing. */
  readonly dataDir: string;
  readonly log?: (line: string) => void;
  /** False only in tests: quicker, and loses data when the machine stops. */
  readonly durable?: boolean;
}

/**
 * Starts the Postgres that comes with the installation, on a Unix socket in a folder closed to
 * others, and makes or recovers its cluster as needed.
 * @throws EmbeddedPostgresError with a sentence for the operator.
 */
export async function startEmbeddedPostgres(
  options: EmbeddedPostgresOptions,
): Promise<EmbeddedPostgres> {
  const { log = () => undefined, durable = true } = options;
  const binaries = findBinaries();
  const dataDir = await openDataFolder(options.dataDir);
  const clusterDir = join(dataDir, "postgres");
  const account = await chooseAccount(binaries, dataDir, clusterDir);
  const lock = await lockDataFolder(dataDir, account);
  try {
    await clearFormerPostmaster(clusterDir, log);
    await ensureCluster(binaries, account, clusterDir, { durable, log });
    const socketDir = await makeSocketFolder(dataDir, account);
    const args = ["-D", clusterDir, ...settings(socketDir, durable)];
    const program = await startPostmaster(account, binaries.postgres, args, clusterDir, log);
    try {
      const connection: EmbeddedConnection = {
        host: socketDir,
        port: SOCKET_PORT,
        user: "postgres",
        database: "postgres",
        ssl: false,
      };
      const version = await askVersion(connection);
      const ended = program.ended.then(() => {
        lock.release();
        return program.lastWords();
      });
      const stop = async (): Promise<void> => {
        await stopPostmaster(program);
        await ended;
      };
      return { connection, version, ended, stop };
    } catch (error) {
      await stopPostmaster(program);
      throw error;
    }
  } catch (error) {
    lock.release();
    throw error;
  }
}

async function openDataFolder(path: string): Promise<string> {
  try {
    await mkdir(path, { recursive: true, mode: 0o700 });
    await access(path, constants.W_OK | constants.X_OK);
    return await realpath(path);
  } catch (cause) {
    throw new EmbeddedPostgresError(
      "data_folder_not_writable",
      `The data folder ${resolve(path)} can't be written: make it writable for this user, ` +
        "or choose another folder with SECONDLOOK_DATA_DIR.",
      { cause },
    );
  }
}

function settings(socketDir: string, durable: boolean): string[] {
  const flag = durable ? "on" : "off";
  return Object.entries({
    listen_addresses: "",
    unix_socket_directories: `"${socketDir.replaceAll('"', '""')}"`,
    unix_socket_permissions: "0700",
    port: String(SOCKET_PORT),
    max_connections: durable ? "100" : "400", // parallel tests open many
    shared_buffers: "128MB",
    fsync: flag,
    synchronous_commit: flag,
    full_page_writes: flag,
    timezone: "UTC",
    log_timezone: "UTC",
    log_destination: "stderr",
    logging_collector: "off",
  }).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}

async function askVersion(connection: EmbeddedConnection): Promise<string> {
  const client = new pg.Client({ ...connection });
  await client.connect();
  try {
    const { rows } = await client.query<{ server_version: string }>("show server_version");
    return rows[0]?.server_version ?? "unknown";
  } finally {
    await client.end();
  }
}

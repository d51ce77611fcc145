import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import {
  startEmbeddedPostgres,
  type EmbeddedConnection,
  type EmbeddedPostgres,
} from "@secondlook/postgres/embedded";

/** A Postgres that belongs to one test, in a temporary folder. */
export interface OwnServer extends AsyncDisposable {
  readonly connection: EmbeddedConnection;
  readonly dataDir: string;
  /** Ends Postgres as a power cut would, and waits until it is gone. */
  kill(): Promise<void>;
  /** Starts it again on the same data and the same socket, after `kill`. */
  restart(): Promise<void>;
}

/**
 * For tests that stop or kill Postgres. With `durable` it promises what it promises in production,
 * so that what was committed before `kill` must be there after `restart`.
 */
export async function startOwnServer(options: { durable?: boolean } = {}): Promise<OwnServer> {
  const dataDir = await mkdtemp(join(tmpdir(), "secondlook-test-"));
  const start = (): Promise<EmbeddedPostgres> =>
    startEmbeddedPostgres({ dataDir, durable: options.durable ?? false });
  const removeFolder = (): Promise<void> =>
    rm(dataDir, { recursive: true, force: true, maxRetries: 5 });
  let server: EmbeddedPostgres;
  try {
    server = await start();
  } catch (error) {
    await removeFolder();
    throw error;
  }
  return {
    connection: server.connection,
    dataDir,
    kill: async () => {
      const [pid] = (await readFile(join(dataDir, "postgres/postmaster.pid"), "utf8")).split("\n");
      process.kill(Number(pid), "SIGKILL");
      await server.ended;
    },
    restart: async () => {
      server = await start();
    },
    [Symbol.asyncDispose]: async () => {
      await server.stop();
      await removeFolder();
    },
  };
}

/** The same as `startOwnServer`, for the length of one function. */
export async function withServer<T>(
  options: { durable?: boolean },
  work: (server: OwnServer) => Promise<T>,
): Promise<T> {
  await using server = await startOwnServer(options);
  return await work(server);
}

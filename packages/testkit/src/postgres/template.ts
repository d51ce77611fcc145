import type { EmbeddedConnection } from "@secondlook/postgres/embedded";
import pg from "pg";

const TEMPLATE = "secondlook_template";
const LOCK = 7_301_522;

/**
 * Name of the database that tests are copied from. The first caller of the run builds it with
 * `build`; workers that come at the same time wait for it.
 */
export async function ensureTemplate(
  server: EmbeddedConnection,
  build: (client: pg.Client) => Promise<unknown>,
): Promise<string> {
  await withClient(server, async (client) => {
    await client.query("select pg_advisory_lock($1)", [LOCK]);
    const found = await client.query("select from pg_database where datname = $1", [TEMPLATE]);
    if (found.rowCount !== 0) {
      return;
    }
    // Gets its name only when whole, so that a failed attempt is never copied.
    const unfinished = `${TEMPLATE}_unfinished`;
    await client.query(`drop database if exists ${unfinished}`);
    await client.query(`create database ${unfinished}`);
    await withClient({ ...server, database: unfinished }, build);
    await client.query(`alter database ${unfinished} rename to ${TEMPLATE}`);
  });
  return TEMPLATE;
}

/** Connects, runs `work` and closes the connection (with it goes any session lock). */
export async function withClient<T>(
  connection: EmbeddedConnection,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ ...connection });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

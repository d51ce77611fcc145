import pg from "pg";

const CONNECT_MS = 10_000;

/** Runs work on one connection and closes it. */
export async function withClient<T>(
  connection: pg.ClientConfig,
  work: (client: pg.Client) => Promise<T>,
): Promise<T> {
  const client = new pg.Client({ ...connection, connectionTimeoutMillis: CONNECT_MS });
  // An error between queries would otherwise end the process; the next query reports it.
  client.on("error", () => undefined);
  try {
    await client.connect();
    return await work(client);
  } finally {
    await client.end();
  }
}

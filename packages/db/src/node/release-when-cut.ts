import type { Pool, PoolClient } from "pg";

type Done = Parameters<Parameters<Pool["connect"]>[0]>;

/**
 * Gives a connection back to its pool when it is cut while somebody has it. Drizzle takes one for a
 * transaction and sends `begin` before it minds errors: where that fails, it never gives the
 * connection back, and the pool is one smaller for good (drizzle-orm 0.45, NodePgSession.transaction).
 */
export function releaseWhenCut(pool: Pool): void {
  const connect = pool.connect.bind(pool);
  Object.defineProperty(pool, "connect", {
    value: (callback?: (...done: Done) => void) =>
      callback === undefined ? connect().then(guard) : connect(callback),
  });
}

function guard(client: PoolClient): PoolClient {
  const release = client.release.bind(client);
  let isReleased = false;
  const releaseOnce = (error?: Error | boolean): void => {
    if (isReleased) return;
    isReleased = true;
    client.removeListener("end", cut);
    release(error);
  };
  const cut = (): void => releaseOnce(true);
  client.once("end", cut);
  client.release = releaseOnce;
  return client;
}

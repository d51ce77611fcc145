import type { PGlite } from "@electric-sql/pglite";
import type { Database } from "@secondlook/db/database";
import { drizzle } from "drizzle-orm/pglite";

/** The roles that the server logs in as; `null` is the superuser that PGlite starts with. */
export type Login = "secondlook_app" | "secondlook_reader" | "secondlook_sequencer" | null;

/** How long a statement waits for the session before it is taken for a deadlock. */
const PATIENCE_MS = 10_000;

/** Something asked for a second connection while its own transaction held the only one. */
class OneSessionError extends Error {
  override readonly name = "OneSessionError";
}

/**
 * Lends PGlite's only session to several log-ins in turn: each statement or transaction runs under
 * its own role, so grants and definer functions hold as they do on the server. What the server would
 * do at the same time on two connections happens here one after the other.
 */
export function shareSession(pglite: PGlite): (login: Login) => Database {
  let tail: Promise<unknown> = Promise.resolve();
  let current: Login = null;

  async function exclusively<T>(login: Login, work: () => Promise<T>): Promise<T> {
    const before = tail;
    const { promise, resolve } = Promise.withResolvers<void>();
    tail = before.then(() => promise);
    try {
      await patiently(before);
      if (current !== login) {
        await pglite.exec(login === null ? "reset role" : `set role ${login}`);
        current = login;
      }
      return await work();
    } finally {
      resolve();
    }
  }

  return (login) => {
    const lent = new Proxy(pglite, {
      get(target, property) {
        if (property === "query") {
          return (...args: Parameters<PGlite["query"]>) =>
            exclusively(login, () => target.query(...args));
        }
        if (property === "transaction") {
          return (...args: Parameters<PGlite["transaction"]>) =>
            exclusively(login, () => target.transaction(...args));
        }
        const value: unknown = Reflect.get(target, property, target);
        return value;
      },
    });
    return drizzle(lent);
  };
}

async function patiently(before: Promise<unknown>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const impatience = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(
        new OneSessionError(
          "A transaction waits for a second connection. PGlite has one session: use the transaction's own `tx` in it.",
        ),
      );
    }, PATIENCE_MS);
  });
  try {
    await Promise.race([before, impatience]);
  } finally {
    clearTimeout(timer);
  }
}

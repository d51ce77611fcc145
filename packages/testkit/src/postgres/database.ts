import { randomUUID } from "node:crypto";

import type { EmbeddedConnection } from "@secondlook/postgres/embedded";
import pg from "pg";
import { inject } from "vitest";

import { migrateTestDatabase } from "./migrate-test-database.ts";
import { ensureTemplate, withClient } from "./template.ts";

declare module "vitest" {
  interface ProvidedContext {
    /** The run's Postgres, as superuser. Tests use `createTestDatabase` instead. */
    testServer: EmbeddedConnection;
  }
}

/** A migrated database of one test file's own. */
export interface TestDatabase extends AsyncDisposable {
  readonly name: string;
  /** How to log in as `role`, as superuser if not given. */
  connectionOf(role?: string): EmbeddedConnection;
  /** A pool that logs in as `role`. The test ends it. */
  pool(role?: string, options?: { max?: number }): pg.Pool;
  /** Drops the database. Throws if a pool of it was not ended. */
  close(): Promise<void>;
}

/**
 * Copies the migrated template. With `server`, on a server of the test's own (`startOwnServer`)
 * instead of the run's.
 */
export async function createTestDatabase(
  options: { server?: EmbeddedConnection } = {},
): Promise<TestDatabase> {
  const server = options.server ?? inject("testServer");
  const template = await ensureTemplate(server, migrateTestDatabase);
  const name = `test_${randomUUID().replaceAll("-", "")}`;
  await withClient(server, (client) =>
    client.query(`create database ${name} template ${template}`),
  );

  const pools: pg.Pool[] = [];
  const connectionOf = (role = server.user): EmbeddedConnection => ({
    ...server,
    user: role,
    database: name,
  });
  const close = async (): Promise<void> => {
    const open = pools.filter((pool) => !pool.ending);
    await withClient(server, (client) => client.query(`drop database ${name} with (force)`));
    if (open.length > 0) {
      throw new Error(`${open.length} pool(s) of the test database were left open: end them.`);
    }
  };
  return {
    name,
    connectionOf,
    pool: (role, { max = 10 } = {}) => {
      const pool = new pg.Pool({ ...connectionOf(role), max });
      // Without a listener, a connection that Postgres ends while idle would end the process.
      pool.on("error", () => undefined);
      pools.push(pool);
      return pool;
    },
    close,
    [Symbol.asyncDispose]: close,
  };
}

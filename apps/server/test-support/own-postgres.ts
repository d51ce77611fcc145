import type { EmbeddedConnection } from "@secondlook/postgres/embedded";
import { startOwnServer } from "@secondlook/testkit/postgres/own-server";
import { startSystemPostgres15 } from "@secondlook/testkit/postgres/system-postgres-15";
import pg from "pg";
import { onTestFinished } from "vitest";
import { withClient } from "../src/database/with-client.ts";

const PASSWORD = "su:per/us@er";
export const OWNER_PASSWORD = "o:w/n@er";

/** A cluster as an operator has it: a database that a user owns who is no superuser. */
export interface OwnPostgres {
  readonly superuser: pg.ClientConfig;
  /** DATABASE_URL of that owner, or of somebody or something else. */
  url(change?: {
    readonly user?: string;
    readonly password?: string;
    readonly database?: string;
  }): string;
  /** Runs statements as superuser. */
  sql(statement: string, database?: string): Promise<readonly unknown[]>;
}

/** Debian's Postgres 15 with passwords; undefined where it is not installed. */
export async function postgres15(): Promise<OwnPostgres | undefined> {
  const server = await startSystemPostgres15({ password: PASSWORD });
  if (server === undefined) return undefined;
  onTestFinished(() => server[Symbol.asyncDispose]());
  return prepare(server.connection);
}

/** The bundled Postgres, the newest, as somebody's own. */
export async function postgres18(): Promise<OwnPostgres> {
  const server = await startOwnServer();
  onTestFinished(() => server[Symbol.asyncDispose]());
  return prepare(server.connection);
}

async function prepare(superuser: EmbeddedConnection): Promise<OwnPostgres> {
  const sql: OwnPostgres["sql"] = (statement, database = "postgres") =>
    withClient({ ...superuser, database }, async (client) => {
      const { rows } = await client.query<Record<string, unknown>>(statement);
      return rows;
    });
  const password = pg.escapeLiteral(OWNER_PASSWORD);
  await sql(`create role owner login createrole password ${password}`);
  await sql("create database secondlook owner owner");
  return {
    superuser,
    sql,
    url: ({ user = "owner", password: given = OWNER_PASSWORD, database = "secondlook" } = {}) =>
      `postgres://${user}:${encodeURIComponent(given)}@localhost/${database}?host=${encodeURIComponent(superuser.host)}`,
  };
}

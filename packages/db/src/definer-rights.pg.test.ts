import { createTestDatabase, type TestDatabase } from "@secondlook/testkit/postgres/database";
import type pg from "pg";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { loadMigrations } from "./node/load-migrations.ts";

let database: TestDatabase;
let owner: pg.Pool;

beforeAll(async () => {
  database = await createTestDatabase();
  owner = database.pool();
});
afterAll(async () => {
  await owner.end();
  await database.close();
});

/** The application's own door, and each function that it may call with another's rights. */
const CALLS = [
  ["sealed.reveal", "select sealed.reveal('c', 1, 'first', 's', 1, '{}')"],
  ["sealed.reveal_settled", "select sealed.reveal_settled('c', 's', '{}')"],
  ["sealed.read", "select * from sealed.read('e', 's')"],
  ["sealed.pin_shown", "select sealed.pin_shown('c', 1)"],
  ["sealed.run_in_force", "select sealed.run_in_force('c', 1)"],
  ["sealed.sweep_tickets", "select sealed.sweep_tickets()"],
  ["jobs.enqueue", "select jobs.enqueue('t', '{}', now(), 'k')"],
] as const;

/** Types that stand in the bodies of those functions, or of what they call. */
const TYPES = ["jsonb", "json", "text", "bytea", "timestamptz", "numeric"] as const;

describe("a function that runs with its owner's rights", () => {
  // The right to temporary objects is given back here, so that the search path is tried by itself.
  beforeEach(async () => {
    await owner.query(
      "do $$ begin execute format('grant temporary on database %I to secondlook_app', current_database()); end $$",
    );
  });

  test.each(CALLS)("%s never runs its caller's code through a type of theirs", async (_, call) => {
    const pool = database.pool("secondlook_app", { max: 1 });
    const ranAs: string[] = [];
    try {
      const client = await pool.connect();
      client.on("notice", ({ message }) => ranAs.push(message ?? ""));
      for (const type of TYPES) {
        await client.query(
          `create function pg_temp.mine(given pg_catalog.${type}) returns boolean language plpgsql
             as $$ begin raise notice '%', current_user; return true; end $$`,
        );
        await client.query(
          `create domain pg_temp.${type} as pg_catalog.${type} check (pg_temp.mine(value))`,
        );
      }
      await client.query(call).catch(() => undefined);
      client.release();
    } finally {
      await pool.end();
    }
    expect(ranAs.filter((name) => name !== "secondlook_app")).toEqual([]);
  });
});

test("the application makes no temporary objects", async () => {
  await owner.query(
    "do $$ begin execute format('revoke temporary on database %I from secondlook_app', current_database()); end $$",
  );
  // Rights to a database don't come along when a test copies it from its template.
  const paths = (await loadMigrations()).find(({ name }) => name === "0006_search_paths");
  await owner.query(paths?.sql ?? "");
  const pool = database.pool("secondlook_app", { max: 1 });
  const outcome = await pool.query("create temporary table mine (id integer)").then(
    () => "allowed",
    (error: unknown) => (error instanceof Error && "code" in error ? error.code : error),
  );
  await pool.end();
  expect(outcome).toBe("42501");
});

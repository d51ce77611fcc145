import { expect, test } from "vitest";

import { createTestDatabase } from "./database.ts";

test("a test database is migrated and is nobody else's", async () => {
  await using one = await createTestDatabase();
  await using two = await createTestDatabase();
  const first = one.pool();
  const second = two.pool();
  await first.query("create table public.only_here ()");
  const migrations = await second.query("select from public.secondlook_migration");
  expect(migrations.rowCount).toBeGreaterThan(0);
  await expect(second.query("select from public.only_here")).rejects.toThrow(/does not exist/);
  await first.end();
  await second.end();
});

test("databases asked for at once share one template", async () => {
  const databases = await Promise.all(Array.from({ length: 4 }, () => createTestDatabase()));
  expect(new Set(databases.map((database) => database.name)).size).toBe(4);
  await Promise.all(databases.map((database) => database.close()));
});

test("a pool logs in as the role asked for", async () => {
  await using database = await createTestDatabase();
  const pool = database.pool("secondlook_app");
  const { rows } = await pool.query("select session_user as role");
  expect(rows).toEqual([{ role: "secondlook_app" }]);
  await pool.end();
});

test("a pool left open fails the test that left it, and the database still goes", async () => {
  const database = await createTestDatabase();
  const pool = database.pool();
  await pool.query("select 1");
  await expect(database.close()).rejects.toThrow(/left open/);
  await expect(pool.query("select 1")).rejects.toThrow(/connection|database/);
  await pool.end();
});

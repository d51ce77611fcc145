import { createTestDatabase } from "@secondlook/testkit/postgres/database";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { expect, test } from "vitest";
import { releaseWhenCut } from "./release-when-cut.ts";

test("a connection that is cut as a transaction begins does not leave the pool one smaller", async () => {
  await using database = await createTestDatabase();
  const pool = database.pool("secondlook_app", { max: 1 });
  releaseWhenCut(pool);
  pool.on("connect", (client) => client.on("error", () => undefined));
  const db = drizzle(pool);
  const { rows } = await pool.query<{ pid: number }>("select pg_backend_pid() as pid");
  const [backend] = rows;
  pool.once("acquire", () => {
    if (backend !== undefined) process.kill(backend.pid, "SIGTERM");
  });
  // Long enough that Postgres ends the connection before `begin` is read.
  await expect(db.transaction((tx) => tx.execute(sql`select pg_sleep(1)`))).rejects.toThrow(
    /Failed query/,
  );
  await expect(db.transaction((tx) => tx.execute(sql`select 1`))).resolves.toBeDefined();
  expect(pool.totalCount).toBe(1);
  await pool.end();
});

test("a connection is given back once, and goes on being used", async () => {
  await using database = await createTestDatabase();
  const pool = database.pool("secondlook_app", { max: 1 });
  releaseWhenCut(pool);
  const db = drizzle(pool);
  for (let round = 0; round < 5; round++) {
    await db.transaction((tx) => tx.execute(sql`select 1`));
    await pool.query("select 1");
  }
  expect(pool.totalCount).toBe(1);
  expect(pool.idleCount).toBe(1);
  await pool.end();
});

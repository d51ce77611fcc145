import pg from "pg";
import { expect, test } from "vitest";

import { createTestDatabase } from "./database.ts";
import { startSystemPostgres15 } from "./system-postgres-15.ts";

test("Debian's Postgres 15 answers and takes the migrations", async ({ skip }) => {
  await using server = await startSystemPostgres15();
  if (server === undefined) {
    return skip("Postgres 15 is not installed");
  }
  const client = new pg.Client({ connectionString: server.url });
  await client.connect();
  const { rows } = await client.query(
    "select current_setting('server_version_num')::int / 10000 as major",
  );
  expect(rows).toEqual([{ major: 15 }]);
  await client.end();

  await using database = await createTestDatabase({ server: server.connection });
  const pool = database.pool("secondlook_app");
  await pool.query("select 1");
  await pool.end();
});

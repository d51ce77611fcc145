import { createTestDatabase } from "@secondlook/testkit/postgres/database";
import { expect, test } from "vitest";
import { INVENTORY } from "./inventory.ts";

/** `table.column type`, without partitions and views: they have their tables' columns. */
async function columnsOf(schemas: string): Promise<{ name: string; type: string }[]> {
  await using database = await createTestDatabase();
  const pool = database.pool();
  const { rows } = await pool.query<{ name: string; type: string }>(
    `select c.table_schema || '.' || c.table_name || '.' || c.column_name as name, c.udt_name::text as type
     from information_schema.columns c
     where c.table_schema in (${schemas})
       and (select not relispartition and relkind in ('r', 'p') from pg_class
            where oid = format('%I.%I', c.table_schema, c.table_name)::regclass)
     order by 1`,
  );
  await pool.end();
  return rows;
}

const listed = Object.entries(INVENTORY).flatMap(([table, columns]) =>
  Object.entries(columns).map(([column, holding]) => ({ name: `${table}.${column}`, holding })),
);

test("every column of the database stands in the inventory, and every listed one exists", async () => {
  const found = (await columnsOf("'app', 'audit', 'insights', 'sealed', 'public'")).map(
    ({ name }) => name,
  );
  const known = new Set(listed.map(({ name }) => name));
  expect(found.filter((name) => !known.has(name))).toEqual([]);
  expect([...known].filter((name) => !found.includes(name))).toEqual([]);
  expect(found.length).toBeGreaterThan(150);
});

test("what is encrypted, hashed or a key is bytes; nothing else is, but the log's own", async () => {
  const types = new Map(
    (await columnsOf("'app', 'audit', 'insights', 'sealed', 'public'")).map(({ name, type }) => [
      name,
      type,
    ]),
  );
  for (const { name, holding } of listed) {
    const hidden =
      holding.startsWith("encrypted") || holding === "keyed_hash" || holding === "wrapped_key";
    const bytes = types.get(name) === "bytea";
    expect({ name, bytes }).toEqual({ name, bytes: hidden || holding === "leaf" });
  }
});

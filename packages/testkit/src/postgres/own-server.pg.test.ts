import { expect, test } from "vitest";

import { createTestDatabase } from "./database.ts";
import { withServer } from "./own-server.ts";

test("what was committed before Postgres was killed is there after its restart", async () => {
  await withServer({ durable: true }, async (server) => {
    const database = await createTestDatabase({ server: server.connection });
    const before = database.pool();
    await before.query("create table public.kept as select 42 as answer");
    await server.kill();
    await expect(before.query("select 1")).rejects.toThrow(/connect/);
    await before.end();

    await server.restart();
    const after = database.pool();
    expect((await after.query("select answer from public.kept")).rows).toEqual([{ answer: 42 }]);
    await after.end();
    await database.close();
  });
});

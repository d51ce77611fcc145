import { createTestDatabase } from "@secondlook/testkit/postgres/database";
import { drizzle } from "drizzle-orm/node-postgres";
import { expect, test } from "vitest";
import { append, TestEmitter, testSequencer } from "../../test-support/log.ts";
import { createLogStatus } from "./log-status.ts";
import { createStallGuard } from "./stall-guard.ts";

test("the log's state is told through passes, long transactions and a sequencer that stands still", async () => {
  await using database = await createTestDatabase();
  const app = database.pool("secondlook_app");
  const login = database.pool("secondlook_sequencer");
  const owner = database.pool();
  const status = createLogStatus(drizzle(login));
  let now = Date.now();
  const guard = createStallGuard({ status, clock: () => new Date(now), stalledAfterSeconds: 60 });
  const later = (): void => {
    now += 3_000;
  };
  expect(await status.read()).toEqual({
    size: 0,
    headAgeSeconds: null,
    oldestUnsequencedSeconds: 0,
  });
  expect(await guard.mayRead()).toBe(true);

  const emitter = new TestEmitter();
  const sequencer = await testSequencer(drizzle(login));
  const open = await app.connect();
  await open.query("begin");
  await open.query("select audit.append($1)", [Buffer.from(emitter.start())]);
  for (let round = 0; round < 3; round += 1) {
    await append(app, emitter.reads(20));
    expect((await status.read()).oldestUnsequencedSeconds).toBeGreaterThan(0);
    await sequencer.pass();
    expect((await status.read()).oldestUnsequencedSeconds).toBe(0);
  }
  await open.query("commit");
  open.release();

  // The sequencer stands still from here. 61 s pass.
  await append(app, emitter.reads(1));
  await owner.query("alter table audit.event disable trigger refuse_change");
  await owner.query(
    "update audit.event e set at = at - interval '61 s' where not exists (select from audit.position p where p.event_id = e.id)",
  );
  expect((await status.read()).oldestUnsequencedSeconds).toBeGreaterThan(61);
  later();
  expect(await guard.mayRead()).toBe(false);
  await sequencer.pass();
  later();
  expect(await guard.mayRead()).toBe(true);
  const { size, headAgeSeconds, oldestUnsequencedSeconds } = await status.read();
  expect({ size, oldestUnsequencedSeconds }).toEqual({ size: 62, oldestUnsequencedSeconds: 0 });
  expect(headAgeSeconds).toBeLessThan(30);
  await Promise.all([app.end(), login.end(), owner.end()]);
});

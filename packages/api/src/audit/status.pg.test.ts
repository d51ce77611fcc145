import { createStallGuard } from "@secondlook/db/audit/stall-guard";
import { createTestApp } from "@secondlook/testkit/api/test-app";
import { expect, test } from "vitest";

test("everybody of the staff sees how the log stands, and nobody else", async () => {
  await using app = await createTestApp({
    replace: () => ({
      logStatus: {
        read: async () => ({ size: 7, headAgeSeconds: 0.2, oldestUnsequencedSeconds: 5.5 }),
      },
    }),
  });
  const auditor = await app.signIn("auditor-1");
  const answer = await auditor.fetch("/trpc/audit.status");
  expect(await answer.json()).toEqual({
    result: {
      data: { size: 7, headAgeSeconds: 0.2, oldestUnsequencedSeconds: 5.5, healthy: false },
    },
  });
  expect((await app.nobody.fetch("/trpc/audit.status")).status).toBe(401);
});

test("a state that can't be read is answered 503", async () => {
  await using app = await createTestApp({
    replace: () => ({
      logStatus: { read: () => Promise.reject(new Error("the database is gone")) },
    }),
  });
  const reviewer = await app.signIn("reviewer-1");
  const answer = await reviewer.fetch("/trpc/audit.status");
  expect(answer.status).toBe(503);
  expect(await answer.text()).not.toContain("database");
});

test("while the sequencer stands still a look at the queue answers 503; signing in goes on, and so does looking once it works", async () => {
  await using app = await createTestApp({
    replace: ({ logStatus, clock }) => ({
      stallGuard: createStallGuard({ status: logStatus, clock, stalledAfterSeconds: 60 }),
    }),
  });
  const lead = await app.signIn("lead-1");
  const input = encodeURIComponent(JSON.stringify({ region: null, cursor: null }));
  const look = async (): Promise<number> =>
    (await lead.fetch(`/trpc/queue.overview?input=${input}`)).status;
  expect(await look()).toBe(200);

  await app.superuser.query("alter table audit.event disable trigger refuse_change");
  await app.superuser.query("update audit.event set at = at - interval '61 s'");
  await app.clock.pass({ seconds: 3 });
  const events = (await app.events()).length;
  expect(await look()).toBe(503);
  expect(await app.events()).toHaveLength(events);
  await app.signIn("lead-2");

  await app.superuser.query(
    "insert into audit.position select row_number() over (order by id) - 1, id from audit.event",
  );
  await app.clock.pass({ seconds: 3 });
  expect(await look()).toBe(200);
});

import { expect, test, vi } from "vitest";
import { browserOf, signIn } from "../../test-support/client.ts";
import { eventsOf, verifyLog } from "../../test-support/log.ts";
import { postgres18 } from "../../test-support/own-postgres.ts";
import { makeFolder, startServer } from "../../test-support/server-process.ts";

vi.setConfig({ testTimeout: 240_000 });

const PAST = /Two weeks of made-up history are there: (\d+) settled cases/;

test("the first start of the whole demo has two weeks of history, also where the owner is no superuser; the next start makes no other", async () => {
  const folder = await makeFolder();
  const postgres = await postgres18();
  const environment = { DATABASE_URL: postgres.url(), SECONDLOOK_DEMO_CASES: "" };
  const first = await startServer(folder, environment);
  const [, count] = await first.said(PAST);
  const lead = browserOf(first.url, await signIn(first.url, "lead-1"));
  const found = await lead.call("cases.search", {
    id: null,
    region: "VN",
    outcome: "duplicate",
    from: null,
    to: null,
    cursor: null,
  });
  expect(found.data).toMatchObject({ rows: { length: 50 } });
  await first.stop();
  const second = await startServer(folder, environment);
  await second.said(/being drawn/);
  await second.stop();
  expect(second.output()).not.toMatch(PAST);

  const events = await eventsOf(folder, environment);
  const past = events.filter(
    ({ kind, count: cases }) => kind === "seed.load" && cases === Number(count),
  );
  expect(past).toHaveLength(1);
  expect(events.filter(({ kind }) => kind === "decision.submit")).toEqual([]);
  expect(await verifyLog(folder, environment)).toMatchObject({ code: 0 });
});

test("outside demo mode no past is made up", async () => {
  const folder = await makeFolder();
  const environment = { SECONDLOOK_DEMO: "0", SECONDLOOK_DEMO_CASES: "" };
  const server = await startServer(folder, environment);
  await server.stop();
  expect(server.output()).not.toMatch(PAST);
  const kinds = (await eventsOf(folder, environment)).map(({ kind }) => kind);
  expect(kinds).not.toContain("seed.load");
});

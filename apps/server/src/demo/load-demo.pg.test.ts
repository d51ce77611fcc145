import { expect, test, vi } from "vitest";
import { browserOf, signIn } from "../../test-support/client.ts";
import { eventsOf, verifyLog } from "../../test-support/log.ts";
import { processesOf } from "../../test-support/processes.ts";
import { makeFolder, startServer } from "../../test-support/server-process.ts";

vi.setConfig({ testTimeout: 400_000 });

const EVERYTHING = {
  id: null,
  region: null,
  outcome: null,
  from: null,
  to: null,
  cursor: null,
};

test("a server stopped while the demo is being drawn has every case once after the next start", async () => {
  const folder = await makeFolder();
  const environment = { SECONDLOOK_DEMO_CASES: "3" };
  const first = await startServer(folder, environment);
  const lead = browserOf(first.url, await signIn(first.url, "lead-1"));
  const cases = async (): Promise<unknown> => (await lead.call("cases.search", EVERYTHING)).data;
  await expect
    .poll(cases, { timeout: 200_000, interval: 300 })
    .toMatchObject({ rows: [expect.anything()] });
  expect(await first.stop()).toMatchObject({ code: 0 });
  expect(first.output()).not.toContain("The demo's cases are there.");
  await expect.poll(() => processesOf(`${folder}/data`), { timeout: 20_000 }).toEqual([]);

  const second = await startServer(folder, environment);
  await second.said(/The demo's cases are there\./);
  await second.stop();
  const third = await startServer(folder, environment);
  await third.stop();
  expect(third.output(), "nothing is drawn again").not.toContain("being drawn");

  const events = await eventsOf(folder);
  const kinds = events.map(({ kind }) => kind);
  expect(
    new Set(events.filter(({ kind }) => kind === "case.ingest").map((each) => each.case)).size,
  ).toBe(3);
  expect(kinds).not.toContain("case.refuse");
  expect(kinds).not.toContain("case.repeat");
  expect(kinds.filter((kind) => kind === "seed.load")).toHaveLength(1);
  expect(await verifyLog(folder)).toMatchObject({ code: 0 });
});

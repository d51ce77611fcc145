import { mkdir, readdir, utimes, writeFile } from "node:fs/promises";
import { basename, join } from "node:path";
import { caseBody, caseForm } from "@secondlook/testkit/api/case-payload";
import { realFiles } from "@secondlook/testkit/api/real-files";
import { seededRandom } from "@secondlook/testkit/api/seeded-random";
import pg from "pg";
import { expect, test, vi } from "vitest";
import { z } from "zod";
import { demoKey, sendCase } from "../../test-support/client.ts";
import { ATTACKS, slowly, type Target } from "../../test-support/hostile.ts";
import { eventsOf, verifyLog } from "../../test-support/log.ts";
import { makeFolder, startServer } from "../../test-support/server-process.ts";

vi.setConfig({ testTimeout: 240_000 });

const SEED = 31;
/** Of each kind; with the kinds of hostile.ts some three hundred requests. */
const ROUNDS = 8;
const OTHER_KEY = "the-other-source-of-the-night";
const CROWD = 6;

interface Night {
  readonly good: readonly string[];
  readonly hostile: number;
  readonly wrong: readonly string[];
}

test("after a night of hostile requests the server answers, the disk is clean and the log verifies", async () => {
  const folder = await makeFolder();
  const temporary = join(folder, "tmp");
  await mkdir(temporary);
  const environment = { SECONDLOOK_INGEST_KEY: OTHER_KEY, TMPDIR: temporary };
  const server = await startServer(folder, environment);
  const key = await demoKey(folder);
  const chance = chanceOf(SEED);
  const sources: readonly Target[] = [key, OTHER_KEY].map((each) => ({
    url: server.url,
    key: each,
    chance,
  }));

  // A body that never comes holds one of its source's two places all night.
  const hangUp = slowly({ url: server.url, key: OTHER_KEY, chance });
  const began = Date.now();
  const night = await pass(sources, key);
  hangUp();

  expect(night.wrong).toEqual([]);
  expect(night.hostile).toBeGreaterThan(200);
  expect((await fetch(`${server.url}/readyz`)).status).toBe(200);
  for (const caseId of night.good) {
    const state = await fetch(`${server.url}/v1/cases/${caseId}`, {
      headers: { authorization: `Bearer ${key}` },
    });
    expect(await state.json()).toMatchObject({ stage: "in_review" });
    // As quick as a source may ask.
    await new Promise((resolve) => setTimeout(resolve, 60));
  }
  await expectOnlyNamedObjects(folder);
  expect(await server.stop()).toMatchObject({ code: 0 });
  expect(await readdir(temporary)).toEqual([]);
  expect(await verifyLog(folder, environment)).toMatchObject({ code: 0 });

  const events = await eventsOf(folder, environment);
  const refused = events.filter(({ kind }) => kind === "case.refuse");
  const told = refused.reduce((sum, { count = 1 }) => sum + count, 0);
  expect(told, "each refusal of a known source is told or counted").toBeGreaterThan(150);
  // Twenty a minute of each source, and one that counts the rest.
  const most = sources.length * 21 * (Math.ceil((Date.now() - began) / 60_000) + 1);
  expect(refused.length, "and they can't flood the log").toBeLessThanOrEqual(most);
});

test("what a crash leaves behind is swept when the server comes back", async () => {
  const folder = await makeFolder();
  const first = await startServer(folder);
  const key = await demoKey(folder);
  expect(await sendCase(first.url, key, "kept")).toBe(201);
  const sending = Array.from({ length: 6 }, (_, index) =>
    sendCase(first.url, key, `cut_${index}`).catch(() => 0),
  );
  // In the midst of writing the objects of one of them.
  const before = (await objectsOf(folder)).length;
  await expect
    .poll(async () => (await objectsOf(folder)).length, { interval: 5, timeout: 60_000 })
    .toBeGreaterThan(before);
  await first.stop("SIGKILL");
  await Promise.all(sending);

  const [known = ""] = await objectsOf(folder);
  const orphan = join(known, "..", `obj_${basename(known).slice(4, 6)}rphan`);
  await writeFile(orphan, "what a crash left");
  const incoming = join(folder, "data/objects/incoming");
  await writeFile(join(incoming, "obj_half.written"), "half of an object");
  // Nobody waits an hour: younger ones may belong to a case that is being taken.
  const earlier = new Date(Date.now() - 2 * 60 * 60 * 1000);
  const halves = (await readdir(incoming)).map((name) => join(incoming, name));
  for (const file of [...(await objectsOf(folder)), ...halves]) {
    await utimes(file, earlier, earlier);
  }

  const second = await startServer(folder);
  await expect.poll(async () => objectsOf(folder), { timeout: 20_000 }).not.toContain(orphan);
  await expectOnlyNamedObjects(folder);
  expect(await readdir(incoming)).toEqual([]);
  expect(await sendCase(second.url, key, "kept"), "sent before").toBe(200);
  expect(await second.stop()).toMatchObject({ code: 0 });
  expect(await verifyLog(folder)).toMatchObject({ code: 0 });
});

/** Sends every kind of attack several times in random order, a few at once, and good cases between. */
async function pass(sources: readonly Target[], key: string): Promise<Night> {
  const [one] = sources;
  if (one === undefined) throw new Error("a night needs a source");
  const good: string[] = [];
  const wrong: string[] = [];
  const tasks = Object.entries(ATTACKS)
    .flatMap(([name, [attack, ...may]]) =>
      Array.from({ length: ROUNDS }, () => async () => {
        const target = sources[Math.floor(one.chance() * sources.length)] ?? one;
        const came = await attack(target);
        if (![429, 503, ...may].includes(came)) wrong.push(`${name}: ${came}`);
      }),
    )
    .toSorted(() => one.chance() - 0.5);
  const hostile = tasks.length;
  for (let index = 0; index < 10; index += 1) {
    const at = Math.floor((index / 10) * tasks.length);
    tasks.splice(at, 0, async () => void good.push(await sendGood(one.url, key, `good_${index}`)));
  }
  let next = 0;
  await Promise.all(
    Array.from({ length: CROWD }, async () => {
      for (let task = tasks[next++]; task !== undefined; task = tasks[next++]) await task();
    }),
  );
  return { good, hostile, wrong };
}

/** Sends until it is taken, as a good sender does who is told to come again. */
async function sendGood(url: string, key: string, externalId: string): Promise<string> {
  const body = caseBody({ externalId });
  const files = await realFiles(body);
  for (;;) {
    const response = await fetch(`${url}/v1/cases`, {
      method: "POST",
      headers: { authorization: `Bearer ${key}` },
      body: caseForm(body, files),
    });
    const answer: unknown = await response.json();
    if (response.ok) return z.object({ caseId: z.string() }).parse(answer).caseId;
    if (response.status !== 429 && response.status !== 503) {
      throw new Error(`a good case was refused: ${JSON.stringify(answer)}`);
    }
    const seconds = Number(response.headers.get("retry-after"));
    await new Promise((resolve) => setTimeout(resolve, Math.min(seconds, 1) * 1000));
  }
}

function chanceOf(seed: number): () => number {
  const random = seededRandom(seed);
  return () => {
    const [high = 0, low = 0] = random(2);
    return (high * 256 + low) / 65_536;
  };
}

/** The files of all objects; those half written are none. */
async function objectsOf(folder: string): Promise<readonly string[]> {
  const root = join(folder, "data/objects");
  const entries = await readdir(root, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile() && basename(entry.parentPath) !== "incoming")
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Every object on the disk is named by a rendition, and the other way round. */
async function expectOnlyNamedObjects(folder: string): Promise<void> {
  const client = new pg.Client({
    host: join(folder, "data/postgres-socket"),
    user: "postgres",
    database: "secondlook",
  });
  await client.connect();
  try {
    const read = async (): Promise<readonly string[]> => {
      const { rows } = await client.query<{ object_id: string }>(
        'select object_id from app.rendition order by object_id collate "C"',
      );
      return rows.map((row) => row.object_id);
    };
    await expect
      .poll(async () => (await objectsOf(folder)).map((file) => basename(file)).toSorted(), {
        timeout: 20_000,
      })
      .toEqual(await read());
  } finally {
    await client.end();
  }
}

import { openCheckpoint } from "@secondlook/audit/checkpoint";
import { parseLeaf } from "@secondlook/audit/leaf";
import { createTestDatabase, type TestDatabase } from "@secondlook/testkit/postgres/database";
import { drizzle } from "drizzle-orm/node-postgres";
import type pg from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import {
  append,
  leavesInOrder,
  rootOf,
  TestEmitter,
  testSequencer,
  testSigner,
} from "../../test-support/log.ts";
import type { PublishedCheckpoint, SequencerStep } from "./sequencer.ts";
import { createSequencer } from "./sequencer.ts";

let database: TestDatabase;
let app: pg.Pool;
let login: pg.Pool;
let owner: pg.Pool;

beforeEach(async () => {
  database = await createTestDatabase();
  app = database.pool("secondlook_app");
  login = database.pool("secondlook_sequencer");
  owner = database.pool();
});

afterEach(async () => {
  await Promise.all([app.end(), login.end(), owner.end()]);
  await database.close();
});

/** The newest stored head, verified with the log's key. */
async function newestHead() {
  const { rows } = await owner.query<{ note: string }>(
    "select note from audit.checkpoint order by size desc limit 1",
  );
  return openCheckpoint(rows[0]?.note ?? "", (await testSigner()).key);
}

async function expectWholeLog(): Promise<void> {
  const leaves = await leavesInOrder(owner);
  const head = await newestHead();
  expect(head.size).toBe(leaves.length);
  expect(head.root).toEqual(rootOf(leaves));
  const counts = await owner.query(
    `select (select count(*) from audit.event)::int as events, (select count(*) from audit.position)::int as positions,
            (select count(distinct event_id) from audit.position)::int as placed,
            (select max(idx) + 1 from audit.position)::int as size, (select count(*) from audit.entry)::int as entries`,
  );
  const all = leaves.length;
  expect(counts.rows).toEqual([
    { events: all, positions: all, placed: all, size: all, entries: all },
  ]);
}

function inMemory(note?: string): PublishedCheckpoint & { note: string | undefined } {
  return {
    note,
    async read() {
      return this.note;
    },
    async write(fresh) {
      this.note = fresh;
    },
  };
}

test("what is committed gets its position, its row of the read model and a signed head", async () => {
  const emitter = new TestEmitter();
  const leaves = [emitter.start(), ...emitter.reads(4)];
  await append(app, leaves);
  const sequencer = await testSequencer(drizzle(login));
  expect(await sequencer.pass()).toEqual({ state: "signed", size: 5, given: 5, more: false });
  expect(await leavesInOrder(owner)).toEqual(leaves);
  await expectWholeLog();
  expect(await sequencer.pass()).toEqual({ state: "idle", size: 5, given: 0, more: false });

  const { rows } = await owner.query("select * from audit.entry order by idx");
  const event = parseLeaf(leaves[3] ?? new Uint8Array());
  expect(rows[3]).toMatchObject({
    idx: "3",
    eid: event.eid,
    kind: "media.read",
    at: new Date(event.at),
    actor: "usr_7",
    actor_role: "reviewer",
    session_id: null,
    outcome: "allowed",
    case_id: "cas_1",
    subject_id: "sub_1",
    leaf: Buffer.from(leaves[3] ?? ""),
  });
});

test("an empty log is not signed", async () => {
  const sequencer = await testSequencer(drizzle(login));
  expect(await sequencer.pass()).toMatchObject({ state: "idle", size: 0 });
  expect((await owner.query("select from audit.checkpoint")).rowCount).toBe(0);
});

test("a pass that reaches its limit leaves nothing behind", async () => {
  const emitter = new TestEmitter();
  await append(app, emitter.reads(25));
  const sequencer = await testSequencer(drizzle(login), { limit: 10 });
  expect(await sequencer.pass()).toMatchObject({ given: 10, more: true });
  expect(await sequencer.pass()).toMatchObject({ given: 10, more: true });
  expect(await sequencer.pass()).toMatchObject({ given: 5, more: false });
  await expectWholeLog();
});

test("70,000 leaves make the tiles that C2SP counts", async () => {
  await app.query(
    `select audit.append_many(array(select convert_to('{"n":' || n || '}', 'UTF8') from generate_series(1, 70000) n))`,
  );
  const sequencer = await testSequencer(drizzle(login));
  while ((await sequencer.pass()).more);
  const { rows } = await owner.query(
    "select level, count(*)::int as tiles from audit.tile group by level order by level",
  );
  expect(rows).toEqual([
    { level: 0, tiles: 273 },
    { level: 1, tiles: 1 },
  ]);
  expect((await newestHead()).root).toEqual(rootOf(await leavesInOrder(owner)));

  // A new process goes on from tiles and the leaves beyond them.
  await append(app, new TestEmitter().reads(300));
  const next = await testSequencer(drizzle(login));
  expect(await next.pass()).toMatchObject({ state: "signed", size: 70_300 });
  expect((await newestHead()).root).toEqual(rootOf(await leavesInOrder(owner)));
});

test("a leaf that is no event gets its place and does not stop the log", async () => {
  const emitter = new TestEmitter();
  const junk = [
    "\u0000\u0000",
    '{"v":1}',
    '{"at":"2026-02-31T00:00:00.000Z"}',
    "[null]",
    '"\\ud800"',
  ];
  await append(app, [
    ...junk.map((text) => new TextEncoder().encode(text)),
    new Uint8Array([0xff, 0xfe]),
    emitter.start(),
  ]);
  const sequencer = await testSequencer(drizzle(login));
  expect(await sequencer.pass()).toMatchObject({ state: "signed", size: 7 });
  expect((await newestHead()).root).toEqual(rootOf(await leavesInOrder(owner)));
  expect((await owner.query("select idx from audit.entry")).rows).toEqual([{ idx: "6" }]);
});

describe("a sequencer that dies", () => {
  const steps: SequencerStep[] = ["positions", "tiles", "signed", "stored"];
  test.for(steps)("after “%s” is followed by one that ends at the same tree", async (fatal) => {
    const emitter = new TestEmitter();
    const published = inMemory();
    await append(app, emitter.reads(100));
    const first = await testSequencer(drizzle(login), { publishedCheckpoint: published });
    await first.pass();
    await append(app, emitter.reads(700));
    const dying = await testSequencer(drizzle(login), {
      publishedCheckpoint: published,
      onStep(step) {
        if (step === fatal) throw new Error("killed");
      },
    });
    await expect(dying.pass()).rejects.toThrow("killed");
    await append(app, emitter.reads(50));
    const next = await testSequencer(drizzle(login), { publishedCheckpoint: published });
    await next.pass();
    await next.stop();
    await expectWholeLog();
    expect((await newestHead()).size).toBe(850);
    expect(published.note).toContain("\n850\n");
    const roots = await owner.query("select size, count(*) from audit.checkpoint group by size");
    expect(roots.rows.every(({ count }) => count === "1")).toBe(true);
  });

  test("in mid-pass goes on by itself once it lives again", async () => {
    const emitter = new TestEmitter();
    await append(app, emitter.reads(600));
    let killed = 0;
    const sequencer = await testSequencer(drizzle(login), {
      onStep(step) {
        if (step === "tiles" && (killed += 1) === 1) throw new Error("killed");
      },
    });
    await expect(sequencer.pass()).rejects.toThrow("killed");
    expect(await sequencer.pass()).toMatchObject({ state: "signed", size: 600, given: 0 });
    await expectWholeLog();
  });
});

describe("nothing is signed", () => {
  async function logOf(count: number): Promise<string> {
    await append(app, new TestEmitter().reads(count));
    const published = inMemory();
    const sequencer = await testSequencer(drizzle(login), { publishedCheckpoint: published });
    await sequencer.stop();
    return published.note ?? "";
  }

  test("where the database is behind the head that was published", async () => {
    const note = await logOf(10);
    await using older = await createTestDatabase();
    const olderLogin = older.pool("secondlook_sequencer");
    const olderApp = older.pool("secondlook_app");
    await append(olderApp, new TestEmitter("B").reads(3));
    const sequencer = await testSequencer(drizzle(olderLogin), {
      publishedCheckpoint: inMemory(note),
    });
    await expect(sequencer.pass()).rejects.toMatchObject({
      code: "behind",
      message: expect.stringContaining("holds 0 events, but 10 were signed"),
    });
    const { rowCount } = await olderLogin.query("select from audit.position");
    expect(rowCount).toBe(0);
    await Promise.all([olderLogin.end(), olderApp.end()]);
  });

  test("where the database holds another history than the published one", async () => {
    const note = await logOf(10);
    await using other = await createTestDatabase();
    const otherLogin = other.pool("secondlook_sequencer");
    const otherApp = other.pool("secondlook_app");
    await append(otherApp, new TestEmitter("B").reads(12));
    await (await testSequencer(drizzle(otherLogin))).pass();
    const sequencer = await testSequencer(drizzle(otherLogin), {
      publishedCheckpoint: inMemory(note),
    });
    await expect(sequencer.pass()).rejects.toMatchObject({ code: "other_root" });
    await Promise.all([otherLogin.end(), otherApp.end()]);
  });

  test("where a tile was changed", async () => {
    await logOf(300);
    await owner.query("alter table audit.tile disable trigger refuse_change");
    await owner.query("update audit.tile set data = set_byte(data, 40, get_byte(data, 40) # 1)");
    await append(app, new TestEmitter("B").reads(1));
    const sequencer = await testSequencer(drizzle(login));
    await expect(sequencer.pass()).rejects.toMatchObject({ code: "other_root" });
  });

  test("where a stored tile is not the one that the leaves fill", async () => {
    await logOf(200);
    await owner.query("insert into audit.tile values (0, 0, decode(repeat('ab', 8192), 'hex'))");
    await append(app, new TestEmitter("B").reads(100));
    const sequencer = await testSequencer(drizzle(login));
    // The false tile is found at the start already: its first 200 hashes are not the signed ones.
    await expect(sequencer.pass()).rejects.toMatchObject({ code: "other_root" });
  });

  test("where signed events were deleted", async () => {
    await logOf(10);
    await owner.query("alter table audit.event disable trigger refuse_change");
    await owner.query("delete from audit.event where id = 10");
    await append(app, new TestEmitter("B").reads(1));
    const sequencer = await testSequencer(drizzle(login));
    await expect(sequencer.pass()).rejects.toMatchObject({ code: "other_root" });
    expect((await newestHead()).size).toBe(10);
  });

  test("with another key or origin than before", async () => {
    const note = await logOf(5);
    const signer = await testSigner(2);
    const other = await testSequencer(drizzle(login), { signer });
    await expect(other.pass()).rejects.toMatchObject({ code: "wrong_key" });
    const broken = await testSequencer(drizzle(login), {
      publishedCheckpoint: inMemory(note.replace("\n5\n", "\n6\n")),
    });
    await expect(broken.pass()).rejects.toMatchObject({ code: "bad_published" });
    expect(() =>
      createSequencer({
        db: drizzle(login),
        signer,
        origin: "else.test/log",
        onError: () => undefined,
      }),
    ).toThrow(/named log.test\/review/);
  });
});

test("lag is the age of the oldest event without a position", async () => {
  const sequencer = await testSequencer(drizzle(login));
  expect(await sequencer.lagSeconds()).toBe(0);
  await append(app, new TestEmitter().reads(2));
  await owner.query("alter table audit.event disable trigger refuse_change");
  await owner.query("update audit.event set at = clock_timestamp() - interval '90 s' where id = 1");
  expect(Math.round(await sequencer.lagSeconds())).toBe(90);
  await sequencer.pass();
  expect(await sequencer.lagSeconds()).toBe(0);
});

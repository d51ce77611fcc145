import { createTestDatabase, type TestDatabase } from "@secondlook/testkit/postgres/database";
import { drizzle } from "drizzle-orm/node-postgres";
import type pg from "pg";
import { afterEach, beforeEach, describe, expect, test } from "vitest";
import { append, TestEmitter, testSequencer, testSigner } from "../../test-support/log.ts";
import { nodeSha256 } from "../node/sha256.ts";
import {
  type DatabaseReport,
  verifyDatabase,
  type VerifyDatabaseOptions,
} from "./verify-database.ts";

let database: TestDatabase;
let app: pg.Pool;
let login: pg.Pool;
let owner: pg.Pool;
let emitter: TestEmitter;

/** A log of 300 leaves under three heads (over 10, 290 and 300), with one full tile. */
beforeEach(async () => {
  database = await createTestDatabase();
  app = database.pool("secondlook_app");
  login = database.pool("secondlook_sequencer");
  owner = database.pool(undefined, { max: 1 });
  emitter = new TestEmitter();
  const sequencer = await testSequencer(drizzle(login));
  await append(app, [emitter.start(), ...emitter.reads(9)]);
  await sequencer.pass();
  await append(app, emitter.reads(280));
  await sequencer.pass();
  await append(app, [...emitter.reads(9), emitter.stop()]);
  await sequencer.pass();
});

afterEach(async () => {
  await Promise.all([app.end(), login.end(), owner.end()]);
  await database.close();
});

async function verify(options: Partial<VerifyDatabaseOptions> = {}): Promise<DatabaseReport> {
  const { key } = await testSigner();
  return verifyDatabase(drizzle(login), { key, sha256: nodeSha256, ...options });
}

/** As the owner of everything, with the triggers out of the way and back again. */
async function tamper(...statements: string[]): Promise<void> {
  const tables = ["event", "position", "tile", "checkpoint"];
  for (const table of tables) {
    await owner.query(`alter table audit.${table} disable trigger refuse_change`);
  }
  for (const statement of statements) await owner.query(statement);
  for (const table of tables) {
    await owner.query(`alter table audit.${table} enable always trigger refuse_change`);
  }
}

async function expectFirst(code: string, sentence: RegExp): Promise<DatabaseReport> {
  const report = await verify();
  expect(report.ok).toBe(false);
  expect(report.problems[0]).toMatchObject({ code, message: expect.stringMatching(sentence) });
  return report;
}

test("a log as it was written holds", async () => {
  const report = await verify();
  expect(report.problems).toEqual([]);
  expect(report).toMatchObject({ ok: true, size: 300, leaves: 300, warnings: [] });
});

test("a log that nobody wrote to yet holds", async () => {
  await using fresh = await createTestDatabase();
  const pool = fresh.pool("secondlook_sequencer");
  const { key } = await testSigner();
  const report = await verifyDatabase(drizzle(pool), { key });
  expect(report).toMatchObject({ ok: true, size: 0, leaves: 0, problems: [] });
  await pool.end();
});

test("events that are on their way disturb nothing; those that wait too long are told", async () => {
  const next = new TestEmitter("B");
  await append(app, [next.start(), ...next.reads(3)]);
  expect(await verify()).toMatchObject({ ok: true, leaves: 300 });
  await tamper("update audit.event set at = at - interval '2 minutes' where id > 300");
  await expectFirst("unsequenced", /^4 events have waited for a position for more than 60 s/);
  await owner.query("insert into audit.position select id - 1, id from audit.event where id > 300");
  const report = await verify();
  expect(report.problems[0]).toMatchObject({ code: "unsigned" });
});

describe("each change made behind the log's back is found and named", () => {
  const oneLeaf = `update audit.event set leaf = convert_to(replace(convert_from(leaf, 'UTF8'), '"cas_1"', '"cas_2"'), 'UTF8')`;

  test("1: the owner edits one leaf", async () => {
    await tamper(`${oneLeaf} where id = 150`);
    const report = await verify();
    expect(report.problems).toMatchObject([
      {
        code: "root_mismatch",
        message:
          "The first 290 leaves are not those that were signed when there were 290: one of them was changed, added, removed or moved. The first 10 are still as they were signed.",
      },
      {
        code: "tile_mismatch",
        message: "Tile 0 of level 0 holds other hashes than the leaves have.",
      },
      { code: "entry_mismatch", at: 149 },
    ]);
  });

  test("2: one bit of the last leaf", async () => {
    await tamper(
      "update audit.event set leaf = set_byte(leaf, 30, get_byte(leaf, 30) # 1) where id = 300",
    );
    const report = await verify();
    expect(report.problems.map(({ code }) => code)).toContain("root_mismatch");
    expect(report.ok).toBe(false);
  });

  test("3: the last row is deleted", async () => {
    await tamper("delete from audit.event where id = 300");
    await expectFirst(
      "event_missing",
      /^Position 299 names event 300, which is gone: it was deleted/,
    );
    await tamper("delete from audit.position where idx = 299");
    await expectFirst(
      "count_mismatch",
      /over 300 leaves, but the database holds 299: the log was cut/,
    );
  });

  test("4: a middle row is deleted", async () => {
    await tamper("delete from audit.event where id = 150");
    await expectFirst("event_missing", /^Position 149 names event 150/);
    await tamper("delete from audit.position where idx = 149");
    await expectFirst("position_gap", /^Position 149 is missing; the next one is 150/);
  });

  test("5: everything is deleted; only a head kept outside tells", async () => {
    const { rows } = await owner.query<{ note: string }>(
      "select note from audit.checkpoint where size = 300",
    );
    await tamper(
      "delete from audit.checkpoint",
      "delete from audit.tile",
      "delete from audit.position",
      "delete from audit.event",
      "delete from audit.entry",
    );
    expect((await verify()).ok).toBe(true);
    const report = await verify({ olderCheckpoints: [rows[0]?.note ?? ""] });
    expect(report.problems[0]).toMatchObject({
      code: "shrunk",
      message: expect.stringContaining("is over 300 leaves, but the database holds 0"),
    });
  });

  test("6: two positions are swapped", async () => {
    await tamper(
      "delete from audit.position where idx in (296, 297)",
      "insert into audit.position values (296, 298), (297, 297)",
    );
    const report = await expectFirst(
      "root_mismatch",
      /^The first 300 leaves .* The first 290 are still/,
    );
    expect(report.problems.at(-1)).toMatchObject({ code: "entry_mismatch", at: 296 });
  });

  test("7: a leaf is there twice", async () => {
    await tamper("update audit.position set event_id = 296 where idx = 296");
    const report = await expectFirst("root_mismatch", /The first 290 are still/);
    expect(report.problems[1]).toMatchObject({ code: "position_twice", at: 296 });
  });

  test("8: an old-dated leaf is put into the middle", async () => {
    const forged = new TestEmitter();
    forged.n = 149;
    await append(app, [forged.read("9")]);
    await tamper(
      "update audit.position set idx = idx + 1000 where idx >= 150",
      "insert into audit.position values (150, 301)",
      "update audit.position set idx = idx - 999 where idx > 1000",
    );
    const report = await verify();
    expect(report.problems.map(({ code }) => code)).toEqual(
      expect.arrayContaining(["tile_mismatch", "root_mismatch", "number_twice", "event_rewritten"]),
    );
  });

  test("9: leaf and hash are edited together", async () => {
    await tamper(
      "alter table audit.event alter column leaf_hash drop expression",
      `${oneLeaf}, leaf_hash = sha256('\\x00'::bytea || leaf) where id = 295`,
    );
    await expectFirst("leaf_hash_mismatch", /^Leaf 294 has another hash than the one stored/);
    await tamper(
      "update audit.event set leaf_hash = sha256('\\x00'::bytea || leaf) where id = 295",
    );
    await expectFirst("root_mismatch", /^The first 300 leaves are not those/);
  });

  test("10: a tile is edited, taken away or added", async () => {
    await tamper("update audit.tile set data = set_byte(data, 0, get_byte(data, 0) # 1)");
    await expectFirst("tile_mismatch", /^Tile 0 of level 0 holds other hashes than the leaves/);
    await tamper("delete from audit.tile");
    await expectFirst("tile_mismatch", /^Tile 0 of level 0 is missing/);
    await owner.query("insert into audit.tile values (3, 7, decode(repeat('00', 8192), 'hex'))");
    expect((await verify()).problems[1]?.message).toMatch(/1 stored tiles belong to no place/);
  });

  test("11: a stored checkpoint is edited, or another key's is put there", async () => {
    await tamper(
      "update audit.checkpoint set note = replace(note, E'\\n290\\n', E'\\n289\\n') where size = 290",
    );
    await expectFirst("head_mismatch", /over 290 leaves can't be used\. The signature .* is wrong/);
    await tamper(
      "update audit.checkpoint set note = (select note from audit.checkpoint where size = 10) where size = 290",
    );
    await expectFirst("head_mismatch", /over 290 leaves says 10: it was changed/);
    const { key } = await testSigner(2);
    const report = await verify({ key });
    expect(report.problems.filter(({ code }) => code === "head_mismatch")).toHaveLength(3);
  });

  test("16: a partition is taken off", async () => {
    await owner.query("alter table audit.event detach partition audit.event_p0");
    await expectFirst("structure", /^The partition audit.event_p0 was taken off/);
  });

  test("17: a partition is emptied, which its own trigger refuses even to the owner", async () => {
    await expect(owner.query("truncate audit.event_p0")).rejects.toMatchObject({ code: "42501" });
    await owner.query("alter table audit.event_p0 disable trigger all");
    await owner.query("truncate audit.event_p0");
    const report = await expectFirst(
      "structure",
      /^The trigger refuse_change of audit.event_p0 is off/,
    );
    expect(report.problems.map(({ code }) => code)).toContain("event_missing");
  });

  test("18: replication mode does not switch the triggers off", async () => {
    await owner.query("set session_replication_role = replica");
    await expect(owner.query("delete from audit.event")).rejects.toMatchObject({ code: "42501" });
    await expect(owner.query("truncate audit.event")).rejects.toMatchObject({ code: "42501" });
  });

  test("19: a view stands in the table's place", async () => {
    await owner.query("alter table audit.checkpoint rename to hidden");
    await owner.query("create view audit.checkpoint as select * from audit.hidden");
    await owner.query("grant select on audit.checkpoint to secondlook_sequencer");
    await expectFirst("structure", /^audit.checkpoint is not the table that was made/);
  });

  test("20: a table is renamed and made anew", async () => {
    await owner.query("alter table audit.tile rename to old_tile");
    await owner.query("create table audit.tile as select * from audit.old_tile");
    await owner.query("grant select on audit.tile to secondlook_sequencer");
    const report = await verify();
    expect(report.problems.map(({ message }) => message)).toEqual(
      expect.arrayContaining([
        "audit.old_tile does not belong to the log.",
        "The trigger refuse_change of audit.tile is off.",
        expect.stringMatching(/^audit\.tile belongs to postgres/),
      ]),
    );
  });

  test("21: a row is deleted before it got its position", async () => {
    const next = new TestEmitter("B");
    await append(app, [next.start(), ...next.reads(30)]);
    await tamper("delete from audit.event where id = 310");
    await (await testSequencer(drizzle(login))).pass();
    await expectFirst("emitter_gap", /^Process ins_B lacks number 10, and nothing says/);
  });

  test("22: a row is written in the name of a process that never started", async () => {
    const stranger = new TestEmitter("Z");
    await append(app, stranger.reads(1));
    await (await testSequencer(drizzle(login))).pass();
    await expectFirst("emitter_unknown", /^Process ins_Z wrote events but never started/);
  });

  test("23: what screens read is replaced", async () => {
    await owner.query("update audit.entry set actor = 'usr_9' where idx = 4");
    await expectFirst("entry_mismatch", /differs from its leaves in 1 places, the first at leaf 4/);
    await owner.query("delete from audit.entry where idx in (4, 5)");
    await expectFirst("entry_mismatch", /in 2 places, the first at leaf 4/);
    await owner.query(
      "insert into audit.entry select 900, eid, kind, at, actor, actor_role, session_id, outcome, case_id, subject_id, leaf from audit.entry where idx = 0",
    );
    await expectFirst("entry_mismatch", /in 3 places/);
  });

  test("a right is given that the application doesn't have", async () => {
    await owner.query("grant select on audit.event to secondlook_app");
    await expectFirst("structure", /^secondlook_app was given SELECT on audit.event/);
  });
});

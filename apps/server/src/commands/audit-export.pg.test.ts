import { signerFromSeed } from "@secondlook/audit/note-signer";
import { formatVerifierKey } from "@secondlook/audit/note-key";
import { parseLeaf } from "@secondlook/audit/leaf";
import { createEmitter } from "@secondlook/api/emitter";
import { appendEvents } from "@secondlook/db/audit/append";
import { createSequencer } from "@secondlook/db/audit/sequencer";
import { systemRandom } from "@secondlook/domain/ids";
import { createTestDatabase, type TestDatabase } from "@secondlook/testkit/postgres/database";
import { drizzle } from "drizzle-orm/node-postgres";
import { mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type pg from "pg";
import { afterEach, beforeEach, expect, test } from "vitest";
import { auditExport, type AuditExportParts } from "./audit-export.ts";
import { auditVerifyDatabase, auditVerifyFolder } from "./audit-verify.ts";

let database: TestDatabase;
let app: pg.Pool;
let login: pg.Pool;
let parts: AuditExportParts;
let folder: string;
let printed: string[];
const print = (line: string): void => {
  printed.push(line);
};

beforeEach(async () => {
  database = await createTestDatabase();
  app = database.pool("secondlook_app");
  login = database.pool("secondlook_sequencer");
  folder = await mkdtemp(join(tmpdir(), "secondlook-export-"));
  printed = [];
  parts = {
    app: drizzle(app),
    sequencer: drizzle(login),
    signer: await signerFromSeed("log.test/review", new Uint8Array(32).fill(1)),
    clock: () => new Date(),
    random: systemRandom,
  };
  const emitter = createEmitter(parts.clock, parts.random);
  const actor = { id: "sys_server", role: "system" } as const;
  await appendEvents(parts.app, [
    emitter.stamp({ kind: "emitter.start", outcome: "allowed" }, actor).leaf,
    emitter.stamp({ kind: "session.fail", outcome: "denied", reason: "bad_link" }, actor).leaf,
    emitter.stamp({ kind: "emitter.stop", outcome: "allowed", last: 3 }, actor).leaf,
  ]);
});

afterEach(async () => {
  await rm(folder, { recursive: true, force: true });
  await Promise.all([app.end(), login.end()]);
  await database.close();
});

test("an export holds every leaf up to its own record, and verifies", async () => {
  const out = join(folder, "new", "export");
  expect(await auditExport(parts, out, print)).toBe(0);
  expect(printed).toEqual([
    `The log's 6 leaves, its checkpoint and its verifier key are in ${out}.`,
  ]);
  expect(await readdir(out)).toEqual(["checkpoint", "leaves.jsonl", "vkey"]);
  expect((await stat(out)).mode & 0o777).toBe(0o700);
  expect((await stat(join(out, "leaves.jsonl"))).mode & 0o777).toBe(0o600);

  const text = await readFile(join(out, "leaves.jsonl"), "utf8");
  const events = text
    .trimEnd()
    .split("\n")
    .map((line) => parseLeaf(new TextEncoder().encode(line)));
  expect(events[4]).toMatchObject({
    kind: "audit.export",
    actor: { id: "sys_operator", role: "operator" },
    from: 0,
    to: 0,
  });
  expect(await readFile(join(out, "vkey"), "utf8")).toBe(
    `${formatVerifierKey(parts.signer.key)}\n`,
  );

  printed = [];
  expect(await auditVerifyFolder(out, print)).toBe(0);
  expect(printed).toHaveLength(1);
  expect(printed[0]).toMatch(
    /^The log holds: 6 leaves under the head that log\.test\/review signed/,
  );
  printed = [];
  expect(
    await auditVerifyDatabase({ sequencer: parts.sequencer, key: parts.signer.key }, print),
  ).toBe(0);
  expect(printed[0]).toMatch(/^The log holds: 6 leaves in the database; 6 of them under/);
});

test("beside a server whose sequencer runs, the export is whole as well", async () => {
  const server = createSequencer({
    db: parts.sequencer,
    signer: parts.signer,
    origin: "log.test/review",
    onError: (error) => print(String(error)),
  });
  server.start();
  expect(await auditExport(parts, join(folder, "a"), print)).toBe(0);
  expect(await auditExport(parts, join(folder, "b"), print)).toBe(0);
  await server.stop();
  expect(printed.map((line) => line.slice(0, 20))).toEqual([
    "The log's 6 leaves, ",
    "The log's 9 leaves, ",
  ]);
  // An older head is no longer the newest, and the newer log still begins with it.
  const older = await readFile(join(folder, "a", "checkpoint"), "utf8");
  expect(await auditVerifyFolder(join(folder, "b"), print, { olderCheckpoints: [older] })).toBe(0);
  expect(
    await auditVerifyFolder(join(folder, "a"), print, {
      olderCheckpoints: [await readFile(join(folder, "b", "checkpoint"), "utf8")],
    }),
  ).toBe(1);
});

test("one changed byte of an export does not verify", async () => {
  expect(await auditExport(parts, folder, print)).toBe(0);
  const path = join(folder, "leaves.jsonl");
  const bytes = await readFile(path);
  const at = bytes.indexOf("bad_link");
  bytes[at] = (bytes[at] ?? 0) ^ 1;
  await writeFile(path, bytes);
  printed = [];
  expect(await auditVerifyFolder(folder, print)).toBe(1);
  expect(printed[0]).toMatch(
    /^The log does not hold\. The root over the leaves is not the signed one/,
  );
});

test("a folder that holds something is refused, and nothing is recorded", async () => {
  await writeFile(join(folder, "notes.txt"), "mine");
  expect(await auditExport(parts, folder, print)).toBe(1);
  expect(printed[0]).toMatch(
    /is not empty \(it holds notes\.txt\); name a folder that doesn't exist/,
  );
  expect((await login.query("select count(*)::int as n from audit.event")).rows).toEqual([
    { n: 3 },
  ]);
  expect(await auditExport(parts, join(folder, "notes.txt"), print)).toBe(1);
  expect(printed[1]).toMatch(/can't be made or written \(EEXIST\)/);
});

test("where a leaf is gone there is no export, and no folder", async () => {
  await auditExport(parts, join(folder, "whole"), print);
  const owner = database.pool();
  await owner.query("alter table audit.event disable trigger refuse_change");
  await owner.query("delete from audit.event where id = 2");
  await owner.end();
  // The sequencer refuses to sign what is cut, so the export's record never gets under a head.
  expect(await auditExport(parts, join(folder, "cut"), print)).toBe(1);
  expect(printed[1]).toMatch(/The first 6 events of the database are not those that were signed/);
  expect(await readdir(folder)).toEqual(["whole"]);
});

test("what is no export is told in a sentence", async () => {
  expect(await auditVerifyFolder(join(folder, "none"), print)).toBe(1);
  expect(printed[0]).toMatch(/is no export of the log: it has no file “leaves\.jsonl”/);
  await mkdir(join(folder, "odd", "leaves.jsonl"), { recursive: true });
  expect(await auditVerifyFolder(join(folder, "odd"), print)).toBe(1);
});

test("a database rolled back behind the kept head is told", async () => {
  await auditExport(parts, join(folder, "x"), print);
  const note = await readFile(join(folder, "x", "checkpoint"), "utf8");
  await using older = await createTestDatabase();
  const pool = older.pool("secondlook_sequencer");
  const kept = { read: async () => note, write: async () => undefined };
  printed = [];
  const verified = await auditVerifyDatabase(
    { sequencer: drizzle(pool), key: parts.signer.key, publishedCheckpoint: kept },
    print,
  );
  expect(verified).toBe(1);
  expect(printed[0]).toMatch(
    /kept outside the database is over 6 leaves, but the database holds 0/,
  );
  await pool.end();
});

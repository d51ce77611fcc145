import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { fromUtf8, toBase64, utf8 } from "./bytes.ts";
import { signCheckpoint } from "./checkpoint.ts";
import { leafHash, naiveRoot } from "./merkle.ts";
import { splitLines } from "./lines.ts";
import { formatVerifierKey } from "./note-key.ts";
import { signerFromSeed } from "./note-signer.ts";
import { type ExportInput, type ExportReport, verifyExport } from "./verify-export.ts";
import { DAY, exportOf, leavesOf, sign } from "../test-support/export.ts";
import { event } from "../test-support/events.ts";
import { LOG_NAME, LOG_SEED } from "../test-support/vectors.ts";

const LEAVES = leavesOf(DAY);
const WHOLE = await exportOf(LEAVES);

async function check(change: Partial<ExportInput>): Promise<ExportReport> {
  return verifyExport({ ...WHOLE, ...change });
}

function codes({ problems }: ExportReport): string[] {
  return problems.map(({ code }) => code);
}

test("a log that is whole verifies, and says over what", async () => {
  expect(await check({})).toEqual({
    ok: true,
    origin: LOG_NAME,
    size: 8,
    leaves: 8,
    root: toBase64(naiveRoot(LEAVES.map((leaf) => leafHash(leaf)))),
    problems: [],
    problemCount: 0,
    warnings: [],
  });
});

test("an empty log verifies", async () => {
  expect(await verifyExport(await exportOf([]))).toMatchObject({ ok: true, size: 0, leaves: 0 });
});

describe("tampering without the log's key", () => {
  test("any one bit changed in any leaf", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(LEAVES.length - 1), fc.nat(), async (at, where) => {
        const leaf = LEAVES[at]?.slice() ?? new Uint8Array();
        const byte = where % leaf.length;
        leaf[byte] = (leaf[byte] ?? 0) ^ (1 << (where % 8));
        const report = await check({ leaves: LEAVES.with(at, leaf) });
        expect(report.ok).toBe(false);
        expect(codes(report)).toContain("root_mismatch");
      }),
      { numRuns: 60 },
    );
  });

  const [first, second, third] = LEAVES;
  if (first === undefined || second === undefined || third === undefined) throw new Error("leaves");
  const old = leavesOf([
    event(1, { kind: "session.end", outcome: "allowed", reason: "idle" }, "ins_B"),
  ]);
  test.each([
    ["the last leaf deleted", LEAVES.slice(0, -1), "count_mismatch"],
    ["a middle leaf deleted", LEAVES.toSpliced(3, 1), "count_mismatch"],
    ["everything deleted", [], "count_mismatch"],
    ["two leaves swapped", LEAVES.with(1, third).with(2, second), "root_mismatch"],
    ["a leaf twice", LEAVES.toSpliced(1, 0, second), "count_mismatch"],
    ["a leaf put in the middle", LEAVES.toSpliced(4, 0, ...old), "count_mismatch"],
    ["a leaf added at the end", [...LEAVES, first], "count_mismatch"],
    [
      "a leaf rewritten as jsonb",
      LEAVES.with(1, utf8((fromUtf8(second) ?? "").replaceAll(":", ": "))),
      "bad_leaf",
    ],
    ["a leaf emptied", LEAVES.with(1, new Uint8Array()), "bad_leaf"],
  ])("%s", async (_, leaves, code) => {
    const report = await check({ leaves });
    expect(report.ok).toBe(false);
    expect(codes(report)).toContain(code);
  });

  test("a checkpoint changed, signed by another key, or another log's", async () => {
    const other = await signerFromSeed(LOG_NAME, new Uint8Array(32).fill(9));
    const elsewhere = await signerFromSeed(LOG_NAME, LOG_SEED);
    const root = naiveRoot(LEAVES.map((leaf) => leafHash(leaf)));
    const foreign = await signCheckpoint({ origin: "audit.example.org/x", size: 8, root }, [
      elsewhere,
    ]);
    const cases: [string, string][] = [
      [WHOLE.checkpoint.replace("\n8\n", "\n7\n"), "bad_signature"],
      [await sign(LEAVES, other), "bad_signature"],
      [foreign, "wrong_origin"],
      [WHOLE.checkpoint.replaceAll("\n", "\r\n"), "bad_checkpoint"],
      ["", "bad_checkpoint"],
    ];
    for (const [checkpoint, code] of cases) {
      const report = await check({ checkpoint });
      expect(report).toMatchObject({ ok: false, leaves: 8 });
      expect(codes(report)).toEqual([code]);
      expect(report).not.toHaveProperty("size");
    }
    expect(codes(await check({ vkey: formatVerifierKey(other.key) }))).toEqual(["bad_signature"]);
    expect(codes(await check({ vkey: "none" }))).toEqual(["bad_key"]);
  });

  test("a file cut within its last line", async () => {
    const file = utf8(LEAVES.map((leaf) => fromUtf8(leaf)).join("\n"));
    expect(codes(await check({ leaves: splitLines([file]) }))).toContain("broken_file");
  });

  test("the first thing wrong stands first, in a sentence with its place", async () => {
    const bad = utf8((fromUtf8(second) ?? "").replace("allowed", "Allowed"));
    const [problem] = (await check({ leaves: LEAVES.with(1, bad) })).problems;
    expect(problem).toMatchObject({ code: "bad_leaf", at: 1 });
    expect(problem?.message).toMatch(/^Leaf 1: The leaf is no event of this log\. .*outcome/);
  });
});

describe("tampering with the log's key", () => {
  test("a log cut and signed again is found by an older checkpoint only", async () => {
    const cut = LEAVES.slice(0, 6);
    const forged = await exportOf(cut);
    expect(codes(await verifyExport(forged))).toEqual([]);
    const olderCheckpoints = [WHOLE.checkpoint];
    expect(codes(await verifyExport({ ...forged, olderCheckpoints }))).toEqual(["shrunk"]);
  });

  test("a leaf rewritten and everything signed again is found by an older checkpoint only", async () => {
    const olderCheckpoints = [await sign(LEAVES.slice(0, 5)), await sign(LEAVES.slice(0, 2))];
    expect(await check({ olderCheckpoints })).toMatchObject({ ok: true });
    const rewritten = leavesOf(
      DAY.with(3, event(4, { kind: "session.end", outcome: "allowed", reason: "idle" })),
    );
    const forged = await exportOf(rewritten);
    expect(await verifyExport(forged)).toMatchObject({ ok: true });
    const report = await verifyExport({ ...forged, olderCheckpoints });
    expect(codes(report)).toEqual(["older_root_mismatch"]);
    expect(report.problems[0]?.message).toContain("The first 5 leaves are not those");
  });

  test("two roots at one size are a split view", async () => {
    const olderCheckpoints = [await sign(LEAVES.with(0, utf8("{}")))];
    expect(codes(await check({ olderCheckpoints }))).toContain("split_view");
    const pair = await Promise.all([sign(LEAVES.slice(0, 3)), sign(LEAVES.slice(1, 4))]);
    expect(codes(await check({ olderCheckpoints: pair }))).toContain("split_view");
  });

  test("an older checkpoint that is not signed is no use, and says which", async () => {
    const report = await check({ olderCheckpoints: [WHOLE.checkpoint, "forged\n"] });
    expect(codes(report)).toEqual(["bad_older_checkpoint"]);
    expect(report.problems[0]?.message).toContain("Older checkpoint 2");
  });

  test("where the newest root is wrong, older checkpoints say how far the log still holds", async () => {
    const olderCheckpoints = [await sign(LEAVES.slice(0, 5))];
    const leaves = LEAVES.with(
      6,
      utf8((fromUtf8(LEAVES[6] ?? new Uint8Array()) ?? "").replace("ses_1", "ses_2")),
    );
    const { problems } = await check({ leaves, olderCheckpoints });
    expect(problems[0]).toMatchObject({ code: "root_mismatch" });
    expect(problems[0]?.message).toContain("The first 5 are still as they were signed.");
  });
});

describe("what events say, under a sound signature", () => {
  test("an event written twice with equal bytes is a retry; with other bytes it is not", async () => {
    const twice = await verifyExport(await exportOf(LEAVES.toSpliced(4, 0, LEAVES[3] ?? utf8(""))));
    expect(twice).toMatchObject({ ok: true, warnings: [{ code: "event_twice", at: 4 }] });
    const [rewritten] = leavesOf([
      {
        ...event(8, { kind: "session.end", outcome: "allowed", reason: "idle" }),
        eid: DAY[3]?.eid ?? "",
      },
    ]);
    const other = await verifyExport(await exportOf(LEAVES.with(6, rewritten ?? utf8(""))));
    expect(codes(other)).toEqual(["event_rewritten"]);
  });

  test("a clock set back is said once, and is no proof of tampering", async () => {
    const late = DAY.with(6, {
      ...event(8, { kind: "session.end", outcome: "allowed", reason: "idle" }),
      at: "2026-01-02T02:00:00.000Z",
    });
    const report = await verifyExport(await exportOf(leavesOf(late)));
    expect(report).toMatchObject({ ok: true, warnings: [{ code: "time_order", at: 6 }] });
  });

  test("ten thousand broken leaves give a report of a hundred lines and their number", async () => {
    const report = await check({ leaves: Array.from({ length: 10_000 }, () => utf8("{}")) });
    expect(report.problems).toHaveLength(100);
    expect(report.problemCount).toBeGreaterThan(10_000);
  });
});

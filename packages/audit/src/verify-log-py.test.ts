import { execFile, spawnSync } from "node:child_process";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { concatBytes, utf8 } from "./bytes.ts";
import { leafLine } from "./lines.ts";
import { signerFromSeed } from "./note-signer.ts";
import { DAY, leavesOf, sign } from "../test-support/export.ts";
import { event } from "../test-support/events.ts";
import { CHECKPOINT, LEAVES as VECTORS, LOG_NAME, LOG_VKEY } from "../test-support/vectors.ts";

/** The program for auditors, which shares no code with ours: both must agree. */
const program = join(import.meta.dirname, "../../../docs/verify_log.py");
const python = spawnSync("python3", ["--version"]).status === 0;
if (!python) console.warn("Skipped: no python3 to run docs/verify_log.py with.");

const LEAVES = leavesOf([
  ...DAY,
  ...Array.from({ length: 300 }, (_, index) =>
    event(index + 10, { kind: "session.end", outcome: "allowed", reason: "idle" }),
  ),
]);
let folder = "";

async function verify(files: { leaves: readonly Uint8Array[]; checkpoint: string; vkey?: string }) {
  const lines = concatBytes(...files.leaves.map((leaf) => leafLine(leaf)));
  await writeFile(join(folder, "leaves.jsonl"), lines);
  await writeFile(join(folder, "checkpoint"), files.checkpoint);
  await writeFile(join(folder, "vkey"), `${files.vkey ?? LOG_VKEY}\n`);
  try {
    return (await promisify(execFile)("python3", [program, folder])).stdout;
  } catch (error) {
    return error instanceof Error && "stderr" in error ? String(error.stderr) : "";
  }
}

describe.skipIf(!python)("docs/verify_log.py, in Python's standard library alone", () => {
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "verify-log-"));
  });
  afterAll(async () => {
    await rm(folder, { recursive: true });
  });

  test("finds our export whole", async () => {
    const checkpoint = await sign(LEAVES);
    expect(await verify({ leaves: LEAVES, checkpoint })).toMatch(/^VALID: 308 leaves of audit/);
  });

  test("finds our vectors whole, and an empty log", async () => {
    const leaves = VECTORS.map((leaf) => utf8(leaf));
    expect(await verify({ leaves, checkpoint: CHECKPOINT })).toMatch(/^VALID: 3 leaves/);
    expect(await verify({ leaves: [], checkpoint: await sign([]) })).toMatch(/^VALID: 0 leaves/);
  });

  test("finds a changed, a moved and a missing leaf, another key and a changed head", async () => {
    const checkpoint = await sign(LEAVES);
    const [first, second] = LEAVES;
    if (first === undefined || second === undefined) throw new Error("two leaves");
    const changed = first.with(20, (first[20] ?? 0) ^ 1);
    const stranger = await signerFromSeed(LOG_NAME, new Uint8Array(32).fill(9));
    const wrong = [
      { leaves: LEAVES.with(0, changed), checkpoint },
      { leaves: LEAVES.with(0, second).with(1, first), checkpoint },
      { leaves: LEAVES.slice(1), checkpoint },
      { leaves: LEAVES, checkpoint: await sign(LEAVES, stranger) },
      { leaves: LEAVES, checkpoint: checkpoint.replace("\n308\n", "\n307\n") },
      { leaves: LEAVES, checkpoint, vkey: LOG_VKEY.replace("22527356", "22527357") },
      { leaves: LEAVES, checkpoint: "nothing" },
    ];
    for (const files of wrong) expect(await verify(files)).toMatch(/^NOT VALID: /);
  });
});

import { describe, expect, test } from "vitest";
import { fromUtf8, utf8 } from "./bytes.ts";
import { leafHash, naiveRoot } from "./merkle.ts";
import { inclusionProof } from "./merkle-proofs.ts";
import { parseVerifierKey } from "./note-key.ts";
import { formatProof, parseProof, ProofError, verifyProof } from "./proof.ts";
import { CHECKPOINT, LEAVES, LOG_VKEY, WITNESS_VKEY } from "../test-support/vectors.ts";

const KEY = parseVerifierKey(LOG_VKEY);
const HASHES = LEAVES.map((leaf) => leafHash(utf8(leaf)));
const read = async (level: number, index: number) =>
  naiveRoot(HASHES.slice(index * 2 ** level, (index + 1) * 2 ** level));

async function proofOf(index: number): Promise<string> {
  const hashes = await inclusionProof(index, 3, read);
  return formatProof({ index, hashes, checkpoint: CHECKPOINT, extra: utf8(LEAVES[index] ?? "") });
}

test("a proof file verifies by itself, witness included", async () => {
  for (const index of [0, 1, 2]) {
    const witnessKeys = [parseVerifierKey(WITNESS_VKEY)];
    const proven = await verifyProof(await proofOf(index), KEY, { witnessKeys });
    expect(fromUtf8(proven.leaf)).toBe(LEAVES[index]);
    expect(proven.checkpoint.note.verified).toHaveLength(2);
  }
});

test("it has the form of c2sp.org/tlog-proof", async () => {
  const lines = (await proofOf(2)).split("\n");
  expect(lines[0]).toBe("c2sp.org/tlog-proof@v1");
  expect(lines[1]).toMatch(/^extra /);
  expect(lines[2]).toBe("index 2");
  expect(lines[4]).toBe("");
  expect(lines.slice(5).join("\n")).toBe(CHECKPOINT);
});

test("of a tree with one leaf it has no hashes", () => {
  const file = formatProof({ index: 0, hashes: [], checkpoint: CHECKPOINT });
  expect(parseProof(file)).toEqual({ index: 0, hashes: [], checkpoint: CHECKPOINT });
});

describe("what proves nothing", () => {
  test("another leaf, another index, a hash more, fewer, in another order", async () => {
    const whole = await proofOf(0);
    const { hashes } = parseProof(whole);
    const [first] = hashes;
    if (first === undefined) throw new Error("a hash");
    const wrong = [
      whole.replace("index 0", "index 1"),
      whole.replace("index 0", "index 3"),
      ...[hashes.toReversed(), hashes.slice(1), [...hashes, first]].map((other) =>
        formatProof({ index: 0, hashes: other, checkpoint: CHECKPOINT, extra: utf8(LEAVES[0]) }),
      ),
    ];
    for (const text of wrong) {
      await expect(verifyProof(text, KEY)).rejects.toMatchObject({ code: "not_included" });
    }
    const other = verifyProof(whole, KEY, { leaf: utf8(LEAVES[1]) });
    await expect(other).rejects.toMatchObject({ code: "not_included" });
  });

  test("a checkpoint that was changed", async () => {
    const text = (await proofOf(0)).replace("\n3\n", "\n4\n");
    await expect(verifyProof(text, KEY)).rejects.toMatchObject({ code: "bad_signature" });
  });

  test("no leaf at all", async () => {
    const file = formatProof({ index: 0, hashes: [], checkpoint: CHECKPOINT });
    await expect(verifyProof(file, KEY)).rejects.toThrow("hand the event's bytes in");
  });

  test.each([
    ["nothing", () => ""],
    ["another first line", (file: string) => file.replace("@v1", "@v2")],
    ["no index", (file: string) => file.replace("index 0\n", "")],
    ["an index with a leading zero", (file: string) => file.replace("index 0", "index 00")],
    ["an index of 2^53", (file: string) => file.replace("index 0", "index 9007199254740992")],
    ["loose base64", (file: string) => file.replace("extra ", "extra  ")],
    ["a short hash", (file: string) => file.replace("index 0\n", "index 0\nAAAA\n")],
    ["CRLF", (file: string) => file.replaceAll("\n", "\r\n")],
    [
      "54 hashes",
      (file: string) => file.replace("index 0\n", `index 0\n${`${"A".repeat(43)}=\n`.repeat(54)}`),
    ],
    ["an empty line too many", (file: string) => file.replace("index 0", "\nindex 0")],
  ])("%s", async (_, change) => {
    const file = await proofOf(0);
    expect(() => parseProof(change(file))).toThrow(ProofError);
  });
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { toHex, utf8 } from "./bytes.ts";
import { leafHash, naiveRoot, type NodeReader } from "./merkle.ts";
import {
  consistencyProof,
  inclusionProof,
  verifyConsistency,
  verifyInclusion,
} from "./merkle-proofs.ts";
import { hex, PUBLISHED_LEAVES, PUBLISHED_ROOTS } from "../test-support/published-tree.ts";

const LEAVES = PUBLISHED_LEAVES.map((leaf) => leafHash(hex(leaf)));
const SUBTREES: Record<string, string> = {
  "1-2": toHex(leafHash(hex("00"))),
  "2-4": "5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e",
  "4-5": toHex(leafHash(hex("3031"))),
  "4-6": "0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a",
  "4-8": "6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4",
  "6-7": toHex(leafHash(hex("5051525354555657"))),
  "6-8": "ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0",
  "0-2": PUBLISHED_ROOTS[2],
  "0-4": PUBLISHED_ROOTS[4],
};

function reader(hashes: readonly Uint8Array[]): NodeReader {
  return async (level, index) => {
    const slice = hashes.slice(index * 2 ** level, (index + 1) * 2 ** level);
    expect(slice).toHaveLength(2 ** level);
    return naiveRoot(slice);
  };
}

describe("published proofs", () => {
  test.each([
    [0, 8, ["1-2", "2-4", "4-8"]],
    [5, 8, ["4-5", "6-8", "0-4"]],
    [2, 3, ["0-2"]],
  ])("inclusion of %i in %i", async (index, size, parts) => {
    const proof = await inclusionProof(index, size, reader(LEAVES));
    expect(proof.map(toHex)).toEqual(parts.map((part) => SUBTREES[part]));
  });

  test.each([
    [1, 8, ["1-2", "2-4", "4-8"]],
    [6, 8, ["4-6", "6-8", "0-4"]],
    [6, 7, ["4-6", "6-7", "0-4"]],
    [2, 5, ["2-4", "4-5"]],
  ])("consistency %i -> %i", async (size1, size2, parts) => {
    const proof = await consistencyProof(size1, size2, reader(LEAVES));
    expect(proof.map(toHex)).toEqual(parts.map((part) => SUBTREES[part]));
  });
});

const HASHES = Array.from({ length: 130 }, (_, index) => leafHash(utf8(`leaf ${index}`)));
const ROOTS = Array.from({ length: 131 }, (_, size) => naiveRoot(HASHES.slice(0, size)));
const rootAt = (size: number): Uint8Array => ROOTS[size] ?? naiveRoot([]);
const leafAt = (index: number): Uint8Array => HASHES[index] ?? naiveRoot([]);

describe("inclusion", () => {
  const place = fc
    .integer({ min: 1, max: 130 })
    .chain((size) =>
      fc.record({ size: fc.constant(size), index: fc.nat(size - 1), bit: fc.nat(255) }),
    );

  test("each proof verifies; with one bit changed anywhere, or for another index or size, it doesn't", async () => {
    await fc.assert(
      fc.asyncProperty(place, async ({ size, index, bit }) => {
        const proof = await inclusionProof(index, size, reader(HASHES));
        const claim = { index, size, leafHash: leafAt(index), root: rootAt(size), proof };
        expect(verifyInclusion(claim)).toBe(true);
        expect(verifyInclusion({ ...claim, leafHash: flip(claim.leafHash, bit) })).toBe(false);
        expect(verifyInclusion({ ...claim, root: flip(claim.root, bit) })).toBe(false);
        proof.forEach((_, at) => {
          const changed = proof.map((hash, other) => (other === at ? flip(hash, bit) : hash));
          expect(verifyInclusion({ ...claim, proof: changed })).toBe(false);
          expect(verifyInclusion({ ...claim, proof: proof.toSpliced(at, 1) })).toBe(false);
        });
        expect(verifyInclusion({ ...claim, proof: [...proof, claim.root] })).toBe(false);
        expect(verifyInclusion({ ...claim, index: index + 1 })).toBe(false);
        if (proof.length > 1) {
          expect(verifyInclusion({ ...claim, proof: proof.toReversed() })).toBe(false);
        }
      }),
      { numRuns: 60 },
    );
  });

  test.each([
    ["size 0", 0, 0],
    ["index = size", 3, 3],
    ["a negative index", -1, 3],
    ["half an index", 0.5, 3],
    ["a size of 2^53", 0, 2 ** 53],
    ["an index of 2^53", 2 ** 53, 2 ** 53 + 2],
  ])("%s is refused, and no proof is made for it", async (_, index, size) => {
    const claim = { index, size, leafHash: leafAt(0), root: leafAt(0), proof: [] };
    expect(verifyInclusion(claim)).toBe(false);
    await expect(inclusionProof(index, size, reader(HASHES))).rejects.toThrow(RangeError);
  });

  test("sizes near 2^53 are counted without rounding", async () => {
    // A made-up tree: every node reader answer is the same hash, so only the arithmetic is tested.
    const size = 2 ** 53 - 1;
    const asked: string[] = [];
    const proof = await inclusionProof(size - 1, size, async (level, index) => {
      asked.push(`${level}/${index}`);
      return leafAt(0);
    });
    expect(proof).toHaveLength(52);
    expect(asked.at(0)).toBe("52/0");
    expect(asked.at(-1)).toBe(`1/${2 ** 52 - 2}`);
  });
});

describe("consistency", () => {
  const sizes = fc.integer({ min: 1, max: 130 }).chain((size2) =>
    fc.record({
      size2: fc.constant(size2),
      size1: fc.integer({ min: 1, max: size2 }),
      bit: fc.nat(255),
    }),
  );

  test("each proof verifies; with one bit changed anywhere it doesn't", async () => {
    await fc.assert(
      fc.asyncProperty(sizes, async ({ size1, size2, bit }) => {
        const proof = await consistencyProof(size1, size2, reader(HASHES));
        const claim = { size1, size2, root1: rootAt(size1), root2: rootAt(size2), proof };
        expect(verifyConsistency(claim)).toBe(true);
        expect(verifyConsistency({ ...claim, root1: flip(claim.root1, bit) })).toBe(false);
        expect(verifyConsistency({ ...claim, root2: flip(claim.root2, bit) })).toBe(false);
        proof.forEach((_, at) => {
          const changed = proof.map((hash, other) => (other === at ? flip(hash, bit) : hash));
          expect(verifyConsistency({ ...claim, proof: changed })).toBe(false);
          expect(verifyConsistency({ ...claim, proof: proof.toSpliced(at, 1) })).toBe(false);
        });
        expect(verifyConsistency({ ...claim, proof: [...proof, claim.root2] })).toBe(false);
        if (size1 < size2) {
          expect(verifyConsistency({ ...claim, size1: size2, size2: size1 })).toBe(false);
        }
      }),
      { numRuns: 60 },
    );
  });

  test("0 -> n proves nothing; n -> n wants an empty proof and equal roots; 0 -> 0 the empty root", () => {
    const claim = { size1: 0, size2: 5, root1: rootAt(0), root2: rootAt(5), proof: [] };
    expect(verifyConsistency(claim)).toBe(false);
    expect(verifyConsistency({ ...claim, size1: 5, root1: rootAt(5) })).toBe(true);
    expect(verifyConsistency({ ...claim, size1: 5, root1: rootAt(4) })).toBe(false);
    expect(verifyConsistency({ ...claim, size1: 5, root1: rootAt(5), proof: [rootAt(1)] })).toBe(
      false,
    );
    expect(verifyConsistency({ ...claim, size2: 0, root2: rootAt(0) })).toBe(true);
    const invented = { size1: 0, size2: 1, root1: rootAt(1), root2: rootAt(1), proof: [rootAt(1)] };
    expect(verifyConsistency(invented)).toBe(false);
    expect(verifyConsistency({ ...claim, size2: 0, root1: rootAt(1), root2: rootAt(1) })).toBe(
      false,
    );
  });

  test.each([
    ["0 -> n", 0, 5],
    ["backwards", 5, 4],
    ["2^53", 1, 2 ** 53],
  ])("no proof is made for %s", async (_, size1, size2) => {
    await expect(consistencyProof(size1, size2, reader(HASHES))).rejects.toThrow(RangeError);
  });
});

function flip(hash: Uint8Array, bit: number): Uint8Array {
  return hash.map((byte, index) => (index === bit >> 3 ? byte ^ (1 << (bit & 7)) : byte));
}

import fc from "fast-check";
import { createHash } from "node:crypto";
import { describe, expect, test } from "vitest";
import { fromHex, toHex, utf8 } from "./bytes.ts";
import { emptyRoot, Frontier, leafHash, naiveRoot, nodeHash, TreeRangeError } from "./merkle.ts";
import type { Sha256 } from "./sha256.ts";
import { hex, PUBLISHED_LEAVES, PUBLISHED_ROOTS } from "../test-support/published-tree.ts";

const nodeSha256: Sha256 = (bytes) => createHash("sha256").update(bytes).digest();
const LEAVES = PUBLISHED_LEAVES.map((leaf) => hex(leaf));

describe("the published tree of transparency-dev/merkle", () => {
  test("leaf hashes", () => {
    expect(LEAVES.map((leaf) => toHex(leafHash(leaf)))).toEqual([
      "6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d",
      "96a296d224f285c67bee93c30f8a309157f0daa35dc5b87e410b78630a09cfc7",
      "0298d122906dcfc10892cb53a73992fc5b9f493ea4c9badb27b791b4127a7fe7",
      "07506a85fd9dd2f120eb694f86011e5bb4662e5c415a62917033d4a9624487e7",
      "bc1a0643b12e4d2d7c77918f44e0f4f79a838b6cf9ec5b5c283e1f4d88599e6b",
      "4271a26be0d8a84f0bd54c8c302e7cb3a3b5d1fa6780a40bcce2873477dab658",
      "b08693ec2e721597130641e8211e7eedccb4c26413963eee6c1e2ed16ffb1a5f",
      "46f6ffadd3d06a09ff3c5860d2755c8b9819db7df44251788c7d8e3180de8eb1",
    ]);
    expect(toHex(leafHash(utf8("L123456")))).toBe(
      "395aa064aa4c29f7010acfe3f25db9485bbd4b91897b6ad7ad547639252b4d56",
    );
  });

  test("inner nodes", () => {
    const subtree = (from: number, to: number) =>
      toHex(naiveRoot(LEAVES.slice(from, to).map((leaf) => leafHash(leaf))));
    expect(subtree(2, 4)).toBe("5f083f0a1a33ca076a95279832580db3e0ef4584bdff1f54c8a360f50de3031e");
    expect(subtree(4, 6)).toBe("0ebc5d3437fbe2db158b9f126a1d118e308181031d0a949f8dededebc558ef6a");
    expect(subtree(6, 8)).toBe("ca854ea128ed050b41b35ffc1b87b8eb2bde461e9e3b5596ece6b9d5975a0ae0");
    expect(subtree(4, 8)).toBe("6b47aaf29ee3c2af9af889bc1fb9254dabd31177f16232dd6aab035ca39bf6e4");
    expect(toHex(nodeHash(utf8("N123"), utf8("N456")))).toBe(
      "aa217fe888e47007fa15edab33c2b492a722cb106c64667fc2b044444de66bbb",
    );
  });

  test.each([
    ["portable", undefined],
    ["Node's own", nodeSha256],
  ])("a root for each size from 0 to 8, with the %s SHA-256", (_, sha256) => {
    const frontier = new Frontier(sha256);
    const roots = [toHex(frontier.root())];
    for (const leaf of LEAVES) {
      frontier.append(leafHash(leaf, sha256));
      roots.push(toHex(frontier.root()));
    }
    expect(roots).toEqual(PUBLISHED_ROOTS);
  });
});

describe("Frontier", () => {
  test("equals the recursive definition at every size up to 300", () => {
    const hashes = Array.from({ length: 300 }, (_, index) => leafHash(utf8(`leaf ${index}`)));
    const frontier = new Frontier();
    for (const [index, hash] of hashes.entries()) {
      frontier.append(hash);
      expect(frontier.size).toBe(index + 1);
      expect(toHex(frontier.root())).toBe(toHex(naiveRoot(hashes.slice(0, index + 1))));
    }
  });

  test("goes on after a restart from the hashes that were kept", () => {
    fc.assert(
      fc.property(fc.nat(200), fc.nat(60), (before, after) => {
        const hashes = Array.from({ length: before + after }, (_, index) =>
          leafHash(utf8(`${index}`)),
        );
        const first = new Frontier();
        hashes.slice(0, before).forEach((hash) => first.append(hash));
        const second = new Frontier(undefined, first.size, first.hashes());
        hashes.slice(before).forEach((hash) => second.append(hash));
        expect(toHex(second.root())).toBe(toHex(naiveRoot(hashes)));
        expect(toHex(first.root())).toBe(toHex(naiveRoot(hashes.slice(0, before))));
      }),
      { numRuns: 40 },
    );
  });

  test("a copy grows alone", () => {
    const frontier = new Frontier();
    frontier.append(leafHash(utf8("a")));
    const copy = frontier.clone();
    copy.append(leafHash(utf8("b")));
    expect(frontier.size).toBe(1);
    expect(copy.size).toBe(2);
  });

  test("refuses sizes beyond 2^53 and hashes that don't fit its size", () => {
    const hash = emptyRoot();
    expect(() => new Frontier(undefined, 2 ** 53, [hash])).toThrow(TreeRangeError);
    expect(() => new Frontier(undefined, -1, [])).toThrow(TreeRangeError);
    expect(() => new Frontier(undefined, 3, [hash])).toThrow(TreeRangeError);
    expect(() => new Frontier(undefined, 1, [hash.subarray(1)])).toThrow(TreeRangeError);
    expect(() => new Frontier().append(hash.subarray(1))).toThrow(TreeRangeError);
    const full = new Frontier(
      undefined,
      2 ** 53 - 1,
      Array.from({ length: 53 }, () => hash),
    );
    expect(() => full.append(hash)).toThrow(TreeRangeError);
  });
});

test("two node hashes put together as a leaf don't give their parent (second preimage)", () => {
  const left = leafHash(utf8("a"));
  const right = leafHash(utf8("b"));
  const forged = new Uint8Array([...left, ...right]);
  expect(toHex(leafHash(forged))).not.toBe(toHex(nodeHash(left, right)));
});

test("hexadecimal is read strictly", () => {
  expect(fromHex("0g")).toBeUndefined();
  expect(fromHex("abc")).toBeUndefined();
  expect(toHex(hex("00ff"))).toBe("00ff");
});

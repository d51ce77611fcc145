import { fromBase64, toBase64, utf8 } from "@secondlook/audit/bytes";
import { signCheckpoint } from "@secondlook/audit/checkpoint";
import { Frontier, leafHash } from "@secondlook/audit/merkle";
import { formatVerifierKey } from "@secondlook/audit/note-key";
import { signerFromSeed } from "@secondlook/audit/note-signer";
import { formatProof } from "@secondlook/audit/proof";
import { describe, expect, test } from "vitest";
import { checkProof } from "./check-proof.ts";
import { leafFields } from "./leaf-fields.ts";

const [first, leaf] = [utf8('{"n":1}'), utf8('{"actor":{"id":"usr_1"},"fields":["a","b"],"n":2}')];

async function opened() {
  const signer = await signerFromSeed("log.test", new Uint8Array(32).fill(3));
  const tree = new Frontier();
  for (const each of [first, leaf]) tree.append(leafHash(each));
  const head = { origin: "log.test", size: 2, root: tree.root() };
  const checkpoint = await signCheckpoint(head, [signer]);
  const proof = formatProof({ index: 1, hashes: [leafHash(first)], checkpoint, extra: leaf });
  return { index: 1, leaf: toBase64(leaf), name: null, proof, key: formatVerifierKey(signer.key) };
}

describe("a proof, checked in the browser", () => {
  test("holds for the bytes that are shown, at their place", async () => {
    expect(await checkProof(await opened(), 1)).toMatchObject({ state: "proven", size: 2 });
    expect(await checkProof({ ...(await opened()), proof: null }, 1)).toEqual({ state: "pending" });
  });

  test("fails for another leaf, another place, another head and another key", async () => {
    const good = await opened();
    const bytes = fromBase64(good.leaf) ?? new Uint8Array();
    bytes[bytes.length - 2] = 0x33;
    const other = await signerFromSeed("log.test", new Uint8Array(32).fill(4));
    for (const bad of [
      { ...good, leaf: toBase64(bytes) },
      { ...good, leaf: "not base64" },
      { ...good, index: 0 },
      { ...good, proof: good.proof.replace("index 1", "index 0") },
      { ...good, proof: good.proof.replace("\n2\n", "\n3\n") },
      { ...good, proof: good.proof.replace(toBase64(leafHash(first)), toBase64(leafHash(leaf))) },
      { ...good, proof: "no proof" },
      { ...good, key: formatVerifierKey(other.key) },
    ]) {
      expect(await checkProof(bad, 1)).toMatchObject({ state: "failed" });
    }
    expect(await checkProof(good, 0)).toMatchObject({ state: "failed" });
  });
});

test("a leaf reads as its fields, in its own order", () => {
  expect(leafFields(new TextDecoder().decode(leaf))).toEqual([
    { path: "actor.id", value: "usr_1" },
    { path: "fields", value: "a, b" },
    { path: "n", value: "2" },
  ]);
  expect(leafFields("{")).toBeUndefined();
  expect(leafFields("7")).toBeUndefined();
});

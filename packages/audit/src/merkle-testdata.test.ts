import { existsSync, globSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { fromBase64 } from "./bytes.ts";
import { verifyConsistency, verifyInclusion } from "./merkle-proofs.ts";

/** Proof files of transparency-dev/merkle (Apache-2.0), kept beside the checkout. */
const folder = join(import.meta.dirname, "../../../../shared/testdata/merkle");
const present = existsSync(folder);
if (!present) console.warn("Skipped: no ../shared/testdata/merkle beside the checkout.");

const bytes = z.string().transform((text) => fromBase64(text) ?? new Uint8Array());
const proof = z.nullable(z.array(bytes)).transform((hashes) => hashes ?? []);
const common = { proof, desc: z.string(), wantErr: z.boolean() };
const inclusion = z.object({
  ...common,
  leafIdx: z.number(),
  treeSize: z.number(),
  root: bytes,
  leafHash: bytes,
});
const consistency = z.object({
  ...common,
  size1: z.number(),
  size2: z.number(),
  root1: z.nullable(bytes).transform((hash) => hash ?? new Uint8Array()),
  root2: z.nullable(bytes).transform((hash) => hash ?? new Uint8Array()),
});

const files = (kind: string): string[] =>
  present ? globSync(`${kind}/*/*.json`, { cwd: folder }).toSorted() : [];
const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), "utf8"));

describe.skipIf(!present)("published proof files, right and wrong", () => {
  test("all 92 are there", () => {
    expect([...files("inclusion"), ...files("consistency")]).toHaveLength(92);
  });

  test.each(files("inclusion"))("%s", (file) => {
    const data = inclusion.parse(read(file));
    const accepted = verifyInclusion({ ...data, index: data.leafIdx, size: data.treeSize });
    expect(accepted).toBe(!data.wantErr);
  });

  test.each(files("consistency"))("%s", (file) => {
    const data = consistency.parse(read(file));
    expect(verifyConsistency(data)).toBe(!data.wantErr);
  });
});

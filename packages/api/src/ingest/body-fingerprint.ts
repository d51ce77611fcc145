import { canonicalJson } from "@secondlook/audit/canonical";
import type { Vault } from "@secondlook/vault/vault";
import { z } from "zod";
import type { EvidenceItem } from "./evidence-items.ts";
import { pointerOf } from "./problem.ts";

/** What a body was, without the body: one hash of the whole, one for each value and file by pointer. */
export interface BodyFingerprint {
  readonly hash: Uint8Array;
  readonly pointers: Readonly<Record<string, string>>;
}

/** One thing to whoever compares two bodies: it may have thousands of values. */
const ANSWER = "/matcher/answer";

export const pointersSchema = z.record(z.string(), z.string());

/**
 * Keyed hashes of a body and its files: they tell a repeat from another body and where the two
 * differ, and nothing of the values to whoever lacks the key.
 */
export async function fingerprintOf(
  vault: Vault,
  body: unknown,
  items: readonly EvidenceItem[],
): Promise<BodyFingerprint> {
  const pointers: Record<string, string> = {};
  const leaves: [string, string][] = [];
  collect(body, [], leaves);
  for (const [pointer, value] of leaves) {
    pointers[pointer] = short(await vault.keyedHash("ingest_body", `${pointer}\n${value}`));
  }
  for (const { pointer, bytes } of items) {
    // The item itself is an object and so has no hash of its own: its pointer is free for its file.
    pointers[pointer] = short(await vault.keyedHash("ingest_file", bytes));
  }
  const hash = await vault.keyedHash("ingest_body", canonicalJson(pointers));
  return { hash, pointers };
}

/** The pointers at which two bodies differ, at most 20 of them. */
export function differingPointers(
  one: Readonly<Record<string, string>>,
  other: Readonly<Record<string, string>>,
): readonly string[] {
  const all = new Set([...Object.keys(one), ...Object.keys(other)]);
  return [...all]
    .filter((pointer) => one[pointer] !== other[pointer])
    .toSorted()
    .slice(0, 20);
}

function collect(value: unknown, path: readonly PropertyKey[], into: [string, string][]): void {
  const pointer = pointerOf(path);
  if (typeof value === "object" && value !== null && pointer !== ANSWER) {
    const entries = Object.entries(value);
    if (entries.length === 0) into.push([pointer, Array.isArray(value) ? "[]" : "{}"]);
    for (const [key, item] of entries) collect(item, [...path, key], into);
    return;
  }
  into.push([pointer, canonicalJson(value)]);
}

function short(hash: Uint8Array): string {
  return btoa(String.fromCharCode(...hash.subarray(0, 12)));
}

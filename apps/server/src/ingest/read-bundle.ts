import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { z } from "zod";
import type { BundleFile } from "./bundle-form.ts";
import { readEvidenceFile } from "./evidence-file.ts";

/** As much as is needed to find the files; whether the case is good is for the server to say. */
const refsSchema = z.object({
  evidence: z.array(z.object({ ref: z.string() })).default([]),
  candidates: z
    .array(z.object({ evidence: z.array(z.object({ ref: z.string() })).default([]) }))
    .default([]),
});

/** A case and its files; the body is `case.json` byte for byte, or a value that is written as JSON. */
export type Bundle =
  | { readonly body: unknown; readonly files: ReadonlyMap<string, BundleFile> }
  | { readonly why: string };

/** Reads a bundle: a folder with `case.json`, and for each ref a file of that name, with or without an ending. */
export async function readBundle(folder: string): Promise<Bundle> {
  const names = await readdir(folder).catch(() => undefined);
  if (names === undefined) return { why: "This is not a folder that can be read." };
  if (!names.includes("case.json")) return { why: "The folder holds no case.json." };
  const body = await readFile(join(folder, "case.json"));
  const files = new Map<string, BundleFile>();
  const refs = refsSchema.safeParse(jsonOf(body));
  if (refs.success) {
    const all = [
      ...refs.data.evidence,
      ...refs.data.candidates.flatMap((candidate) => candidate.evidence),
    ];
    for (const { ref } of all) {
      const file = await readEvidenceFile(folder, names, ref);
      if (file !== undefined) files.set(ref, file);
    }
  }
  return { body, files };
}

/** Undefined for what is no JSON: the server says where it ends to be it. */
function jsonOf(bytes: Buffer): unknown {
  try {
    return JSON.parse(bytes.toString("utf8"));
  } catch {
    return undefined;
  }
}

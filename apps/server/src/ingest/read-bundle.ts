import { readdir, readFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import { z } from "zod";
import type { BundleFile } from "./bundle-form.ts";

/** As much as is needed to find the files; whether the case is good is for the server to say. */
const refsSchema = z.object({
  evidence: z.array(z.object({ ref: z.string() })).default([]),
  candidates: z
    .array(z.object({ evidence: z.array(z.object({ ref: z.string() })).default([]) }))
    .default([]),
});

const TYPES: Readonly<Record<string, string>> = {
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".png": "image/png",
  ".webp": "image/webp",
  ".webm": "video/webm",
  ".mp4": "video/mp4",
};

export type Bundle =
  | { readonly body: unknown; readonly files: ReadonlyMap<string, BundleFile> }
  | { readonly why: string };

/** Reads a bundle: a folder with `case.json`, and for each ref a file of that name, with or without an ending. */
export async function readBundle(folder: string): Promise<Bundle> {
  const names = await readdir(folder).catch(() => undefined);
  if (names === undefined) return { why: "This is not a folder that can be read." };
  if (!names.includes("case.json")) return { why: "The folder holds no case.json." };
  let body: unknown;
  try {
    body = JSON.parse(await readFile(join(folder, "case.json"), "utf8"));
  } catch {
    return { why: "case.json is not JSON." };
  }
  const refs = refsSchema.safeParse(body);
  const files = new Map<string, BundleFile>();
  if (refs.success) {
    const all = [
      ...refs.data.evidence,
      ...refs.data.candidates.flatMap((candidate) => candidate.evidence),
    ];
    for (const { ref } of all) {
      const name =
        names.find((each) => each === ref) ??
        names.find((each) => basename(each, extname(each)) === ref);
      if (name === undefined) continue;
      files.set(ref, {
        fileName: name,
        mediaType: TYPES[extname(name).toLowerCase()] ?? "application/octet-stream",
        bytes: await readFile(join(folder, name)),
      });
    }
  }
  return { body, files };
}

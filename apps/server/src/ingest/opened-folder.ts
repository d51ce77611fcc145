import { readdir } from "node:fs/promises";
import { StopError } from "../config/stop-error.ts";
import type { BundleFile } from "./bundle-form.ts";
import { readEvidenceFile } from "./evidence-file.ts";

/** A folder whose names are known. */
export interface OpenedFolder {
  readonly path: string;
  /** The file of a ref, or undefined where there is none: the server names the pointer. */
  file(ref: string): Promise<BundleFile | undefined>;
}

/** Throws StopError where it can't be read. */
export async function openFolder(path: string): Promise<OpenedFolder> {
  const names = await readdir(path).catch((cause: unknown) => {
    throw new StopError(`${path} is not a folder that can be read.`, { cause });
  });
  return { path, file: (ref) => readEvidenceFile(path, names, ref) };
}

import { readFile } from "node:fs/promises";
import { basename, extname, join } from "node:path";
import type { BundleFile } from "./bundle-form.ts";

const TYPES: Readonly<Record<string, string>> = {
  ".jpg": "image/jpeg",
  ".jpeg": "image/jpeg",
  ".png": "image/png",
  ".webp": "image/webp",
  ".avif": "image/avif",
  ".heic": "image/heic",
  ".heif": "image/heif",
  ".webm": "video/webm",
  ".mp4": "video/mp4",
  ".mov": "video/quicktime",
};

/**
 * The file of a ref: called by it, with or without an ending; undefined where there is none.
 *
 * @param names what lies in the folder: a ref that is a path leads nowhere.
 */
export async function readEvidenceFile(
  folder: string,
  names: readonly string[],
  ref: string,
): Promise<BundleFile | undefined> {
  const name =
    names.find((each) => each === ref) ??
    names.find((each) => basename(each, extname(each)) === ref);
  if (name === undefined) return undefined;
  return {
    fileName: name,
    mediaType: TYPES[extname(name).toLowerCase()] ?? "application/octet-stream",
    bytes: await readFile(join(folder, name)),
  };
}

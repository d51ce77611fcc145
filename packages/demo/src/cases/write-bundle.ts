import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { DemoBundle } from "./draw-bundle.ts";

/**
 * Writes a bundle as a folder: `case.json`, and each file named by its ref with an ending.
 * `truth.json` lies beside them for those who evaluate; it is never sent.
 */
export async function writeBundle(bundle: DemoBundle, parent: string): Promise<string> {
  const folder = join(parent, bundle.name);
  await mkdir(folder, { recursive: true });
  await writeFile(join(folder, "case.json"), `${JSON.stringify(bundle.case, undefined, 2)}\n`);
  await writeFile(join(folder, "truth.json"), `${JSON.stringify(bundle.truth, undefined, 2)}\n`);
  for (const file of bundle.files.values())
    await writeFile(join(folder, file.fileName), file.bytes);
  return folder;
}

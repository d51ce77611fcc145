import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Files that others made, beside the checkout and never in it. */
const folder = fileURLToPath(new URL("../../../../../shared/testdata/", import.meta.url));

export const hasCorpus = existsSync(`${folder}SOURCES.md`);

/** Reads one file of the corpus, named as in its SOURCES.md. */
export function corpusFile(name: string): Uint8Array {
  return Uint8Array.from(readFileSync(folder + name));
}

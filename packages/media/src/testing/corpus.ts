import { existsSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";

/** Files that others made, beside the checkout and never in it. */
export const corpusFolder = fileURLToPath(
  new URL("../../../../../shared/testdata/", import.meta.url),
);

export const hasCorpus = existsSync(`${corpusFolder}SOURCES.md`);

/** Reads one file of the corpus, named as in its SOURCES.md. */
export function corpusFile(name: string): Uint8Array {
  return Uint8Array.from(readFileSync(corpusFolder + name));
}

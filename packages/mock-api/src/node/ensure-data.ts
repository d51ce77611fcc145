import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { CHECKOUT, dataKey } from "./data-key.ts";
import type { Progress } from "./make-data.ts";

const CACHE = join(CHECKOUT, ".mock");
/** The newest ones, so that going back and forth between branches makes nothing anew. */
const KEPT = 3;

/** The folder with the data of the sources as they are; makes it where it is missing. */
export async function ensureData(progress: Progress = () => undefined): Promise<string> {
  const folder = join(CACHE, await dataKey());
  if (existsSync(folder)) {
    const now = new Date();
    await utimes(folder, now, now);
    return folder;
  }
  // Made beside and then renamed, so that a folder which is there is whole.
  const unfinished = `${folder}.${process.pid}`;
  await mkdir(unfinished, { recursive: true });
  try {
    // What draws and prepares is large, and most starts have nothing to make.
    const { makeData } = await import("./make-data.ts");
    await makeData(unfinished, progress);
    await rename(unfinished, folder);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    // Another process made it meanwhile.
    if (!existsSync(folder)) throw error;
  }
  await dropOld();
  return folder;
}

async function dropOld(): Promise<void> {
  const folders = (await readdir(CACHE)).filter((name) => /^[0-9a-f]{16}$/.test(name));
  const dated = await Promise.all(
    folders.map(async (name) => ({ name, at: (await stat(join(CACHE, name))).mtimeMs })),
  );
  const old = dated.toSorted((a, b) => b.at - a.at).slice(KEPT);
  await Promise.all(old.map(({ name }) => rm(join(CACHE, name), { recursive: true, force: true })));
}

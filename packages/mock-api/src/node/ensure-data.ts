import { existsSync } from "node:fs";
import { mkdir, readdir, rename, rm, stat, utimes } from "node:fs/promises";
import { join } from "node:path";
import { CHECKOUT, dataKey } from "./data-key.ts";
import { dropUnfinished } from "./drop-unfinished.ts";
import type { Progress } from "./make-data.ts";

const CACHE = join(CHECKOUT, ".mock");
/** The newest ones, so that going back and forth between branches makes nothing anew. */
const KEPT = 3;

/** The folder with the data of the sources as they are; makes it where it is missing. */
export async function ensureData(progress: Progress = () => undefined): Promise<string> {
  return ensureFolder(CACHE, await dataKey(), async (folder) => {
    // What draws and prepares is large, and most starts have nothing to make.
    const { makeData } = await import("./make-data.ts");
    await makeData(folder, progress);
  });
}

/**
 * The folder of this name in the cache. Where it is missing it is made beside, under the process's
 * number, and then renamed: a folder which is there is whole, and what a killed process left goes.
 */
export async function ensureFolder(
  cache: string,
  key: string,
  make: (folder: string) => Promise<void>,
): Promise<string> {
  const folder = join(cache, key);
  await dropUnfinished(cache);
  if (existsSync(folder)) {
    const now = new Date();
    await utimes(folder, now, now);
    return folder;
  }
  const unfinished = `${folder}.${process.pid}`;
  await mkdir(unfinished, { recursive: true });
  try {
    await make(unfinished);
    await rename(unfinished, folder);
  } catch (error) {
    await rm(unfinished, { recursive: true, force: true });
    // Another process made it meanwhile.
    if (!existsSync(folder)) throw error;
  }
  await dropOld(cache);
  return folder;
}

async function dropOld(cache: string): Promise<void> {
  const folders = (await readdir(cache)).filter((name) => /^[0-9a-f]{16}$/.test(name));
  const dated = await Promise.all(
    folders.map(async (name) => ({ name, at: (await stat(join(cache, name))).mtimeMs })),
  );
  const old = dated.toSorted((a, b) => b.at - a.at).slice(KEPT);
  await Promise.all(old.map(({ name }) => rm(join(cache, name), { recursive: true, force: true })));
}

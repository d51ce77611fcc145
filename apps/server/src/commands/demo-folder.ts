import { mkdir, readdir } from "node:fs/promises";
import { resolve } from "node:path";
import { StopError } from "../config/stop-error.ts";

const most = 100_000;

/** Options of `demo people` and `demo cases`, as they stand on the command line. */
export interface DemoFolderOptions {
  readonly count: string;
  readonly seed: string;
  readonly out: string;
}

/** Reads the options and makes the folder. Throws StopError with a sentence for each wrong one. */
export async function openDemoFolder(
  options: DemoFolderOptions,
): Promise<{ readonly count: number; readonly seed: number; readonly folder: string }> {
  const count = Number(options.count);
  if (!/^\d+$/.test(options.count) || count < 1 || count > most) {
    throw new StopError(
      `--count must be a whole number from 1 to ${most}, not “${options.count}”.`,
    );
  }
  const seed = Number(options.seed);
  if (!/^\d+$/.test(options.seed) || !Number.isSafeInteger(seed)) {
    throw new StopError(`--seed must be a whole number, not “${options.seed}”.`);
  }
  const folder = resolve(options.out);
  const content = await mkdir(folder, { recursive: true })
    .then(() => readdir(folder))
    .catch((cause: unknown) => {
      throw new StopError(`${folder} can't be made or read; name another folder with --out.`, {
        cause,
      });
    });
  if (content.length > 0) {
    throw new StopError(
      `${folder} is not empty (it holds ${content[0]}); name a folder that doesn't exist or is empty with --out.`,
    );
  }
  return { count, seed, folder };
}

import { createWriteStream } from "node:fs";
import { chmod, mkdir, open, readdir, rename, rm, rmdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";

/** The folder can't take an export; the message says what to do. */
export class ExportFolderError extends Error {
  override readonly name = "ExportFolderError";
}

/**
 * A folder that gets all its files or none: they are written under other names and get their own
 * when `keep` is called; `close` without it removes them. Nobody else may look in.
 */
export class ExportFolder {
  readonly path: string;
  readonly #made: string | undefined;
  readonly #names: string[] = [];
  #kept = false;

  private constructor(path: string, made: string | undefined) {
    this.path = path;
    this.#made = made;
  }

  /** Takes a folder that does not exist or is empty. Throws ExportFolderError. */
  static async open(dir: string): Promise<ExportFolder> {
    const path = resolve(dir);
    try {
      const made = await mkdir(path, { recursive: true, mode: 0o700 });
      const content = await readdir(path);
      if (content.length > 0) {
        throw new ExportFolderError(
          `${path} is not empty (it holds ${content[0]}); name a folder that doesn't exist or is empty.`,
        );
      }
      await chmod(path, 0o700);
      return new ExportFolder(path, made);
    } catch (cause) {
      if (cause instanceof ExportFolderError) throw cause;
      throw new ExportFolderError(
        `${path} can't be made or written (${codeOf(cause)}); name another folder.`,
        { cause },
      );
    }
  }

  /** Writes one file, durable once it resolves. */
  async write(
    name: string,
    content: AsyncIterable<Uint8Array> | Iterable<string | Uint8Array>,
  ): Promise<void> {
    this.#names.push(name);
    const file = createWriteStream(this.#partial(name), { flags: "wx", mode: 0o600, flush: true });
    await pipeline(Readable.from(content), file).catch((cause: unknown) => {
      if (!(cause instanceof Error && "syscall" in cause)) throw cause;
      throw new ExportFolderError(
        `${join(this.path, name)} can't be written (${codeOf(cause)}). Nothing was exported.`,
        { cause },
      );
    });
  }

  /** Gives the files their names, in the order in which they were written. */
  async keep(): Promise<void> {
    for (const name of this.#names) await rename(this.#partial(name), join(this.path, name));
    const folder = await open(this.path, "r");
    await folder.sync();
    await folder.close();
    this.#kept = true;
  }

  /** Removes everything again, unless it was kept. */
  async close(): Promise<void> {
    if (this.#kept) return;
    for (const name of this.#names) {
      await rm(this.#partial(name), { force: true });
      await rm(join(this.path, name), { force: true });
    }
    // Only the innermost folder: those above may have been filled by others meanwhile.
    if (this.#made !== undefined) await rmdir(this.path);
  }

  #partial(name: string): string {
    return join(this.path, `${name}.partial`);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error ? String(error.code) : "unknown fault";
}

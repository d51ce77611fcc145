import { MemoryFS, type PGlite } from "@electric-sql/pglite";
import { tarEntries } from "./tar.ts";

/** Where PGlite looks for its data directory. */
const ROOT = "/pglite/data";
type Options = Parameters<MemoryFS["init"]>[1];

/**
 * A data directory that is there before Postgres starts. PGlite's own way to open a dump copies it
 * four times (into a blob, out of it, out of the tar, into the files), which took longer than
 * Postgres takes to start; here each file is the part of the tar that holds it.
 */
export class DumpedFiles extends MemoryFS {
  readonly #tar: Uint8Array;

  /** `tar` becomes the files: nothing else may use it from here on. */
  constructor(tar: Uint8Array) {
    super();
    this.#tar = tar;
  }

  override async init(pglite: PGlite, options: Options): ReturnType<MemoryFS["init"]> {
    const { emscriptenOpts } = await super.init(pglite, options);
    const preRun = [
      ...(emscriptenOpts.preRun ?? []),
      ({ FS }: { readonly FS: FileSystem }) => this.#place(FS),
    ];
    return { emscriptenOpts: { ...emscriptenOpts, preRun } };
  }

  #place(files: FileSystem): void {
    files.mkdirTree(ROOT);
    for (const { name, isFolder, content, size } of tarEntries(this.#tar)) {
      const path = `${ROOT}/${name.replace(/^\/+|\/+$/g, "")}`;
      if (isFolder) files.mkdirTree(path);
      else {
        files.mkdirTree(path.slice(0, path.lastIndexOf("/")));
        files.writeFile(path, this.#tar.subarray(content, content + size), { canOwn: true });
      }
    }
  }
}

/** What is used of Emscripten's file system. */
interface FileSystem {
  mkdirTree(path: string): void;
  writeFile(path: string, data: Uint8Array, options: { readonly canOwn: boolean }): void;
}

import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { DataSource } from "../mock-data.ts";

/** The data as files. */
export function folderSource(folder: string): DataSource {
  return {
    async read(path) {
      try {
        return new Uint8Array(await readFile(join(folder, path)));
      } catch (error) {
        if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
        throw error;
      }
    },
  };
}

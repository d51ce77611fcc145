import { readFile } from "node:fs/promises";
import { join } from "node:path";
import type { DataSource } from "../mock-data.ts";
import { DATABASE_FILE, startDatabase } from "../start-database.ts";

/** The data as files. */
export function folderSource(folder: string): DataSource {
  async function read(path: string): Promise<Uint8Array<ArrayBuffer> | undefined> {
    try {
      return new Uint8Array(await readFile(join(folder, path)));
    } catch (error) {
      if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
      throw error;
    }
  }
  return {
    read,
    async startDatabase() {
      const dump = await read(DATABASE_FILE);
      return startDatabase(dump && new Blob([dump]));
    },
  };
}

import { open, readFile, rename } from "node:fs/promises";
import { dirname } from "node:path";
import type { PublishedCheckpoint } from "../audit/sequencer.ts";

/** The newest signed head in a file outside the database. Replaced whole, never written in place. */
export function publishedCheckpointFile(path: string): PublishedCheckpoint {
  return {
    async read() {
      try {
        return await readFile(path, "utf8");
      } catch (error) {
        if (error instanceof Error && "code" in error && error.code === "ENOENT") return undefined;
        throw error;
      }
    },
    async write(note) {
      const fresh = `${path}.new`;
      const file = await open(fresh, "w", 0o600);
      try {
        await file.writeFile(note);
        await file.sync();
      } finally {
        await file.close();
      }
      await rename(fresh, path);
      const folder = await open(dirname(path), "r");
      try {
        await folder.sync();
      } finally {
        await folder.close();
      }
    },
  };
}

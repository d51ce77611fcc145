import { readdir, readFile } from "node:fs/promises";
import type { Migration } from "../migrate.ts";

/** Reads this package's SQL migrations, in order of their names. */
export async function loadMigrations(): Promise<readonly Migration[]> {
  const folder = new URL("../../migrations/", import.meta.url);
  const files = (await readdir(folder)).filter((file) => file.endsWith(".sql")).toSorted();
  return Promise.all(
    files.map(async (file) => ({
      name: file.replace(/\.sql$/, ""),
      sql: await readFile(new URL(file, folder), "utf8"),
    })),
  );
}

import { PGlite } from "@electric-sql/pglite";

/** Under this address Vite serves the folder; the console itself has nothing there. */
export const DATA_ADDRESS = "/@mock/";
/** A tar; neutral, because servers treat names that end in `.tar` or `.gz` in ways of their own. */
export const DATABASE_FILE = "database";

/** The data was never made, or not whole. */
class MockDataError extends Error {
  override readonly name = "MockDataError";
}

/** A file that has to be there. Throws MockDataError. */
export function requireFile<T>(file: T | undefined, path: string): T {
  if (file === undefined) {
    throw new MockDataError(
      `Mock mode's data lacks ${path}; delete the folder .mock and start again to have it made anew.`,
    );
  }
  return file;
}

/** Starts the database that was dumped. Throws MockDataError where there is no dump. */
export async function startDatabase(dump: Blob | undefined): Promise<PGlite> {
  return PGlite.create({
    loadDataDir: requireFile(dump, DATABASE_FILE),
    relaxedDurability: true,
  });
}

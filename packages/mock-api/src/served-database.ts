import type { PGlite } from "@electric-sql/pglite";
import { DATA_ADDRESS, DATABASE_FILE, startDatabase } from "./start-database.ts";

/**
 * The database of this page. It takes longer than all else, so the page loads this module before any
 * other and the database starts while the rest is fetched.
 */
export const servedDatabase: Promise<PGlite> = start();
// Whoever opens the world is told; until then nobody listens.
servedDatabase.catch(() => undefined);

async function start(): Promise<PGlite> {
  const response = await fetch(DATA_ADDRESS + DATABASE_FILE);
  return startDatabase(response.ok ? await response.blob() : undefined);
}

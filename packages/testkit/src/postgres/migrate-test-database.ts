import { loadMigrations } from "@secondlook/db/load-migrations";
import { migrate } from "@secondlook/db/migrate";
import type pg from "pg";

/** Brings an empty database to the current schema, as the server does when it starts. */
export async function migrateTestDatabase(client: pg.Client): Promise<void> {
  await migrate(client, await loadMigrations());
}

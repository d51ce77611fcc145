/** One forward-only migration: its file's name without the ending, and its SQL. */
export interface Migration {
  readonly name: string;
  readonly sql: string;
}

/** What a migration needs of a connection: node-postgres and PGlite both offer it. */
export interface MigrationClient {
  query(text: string, values?: unknown[]): Promise<{ rows: readonly unknown[] }>;
}

/** The database has migrations that this version of the program doesn't know. */
export class NewerDatabaseError extends Error {
  override name = "NewerDatabaseError";
}

const LOCK = 7_305_113_404;

/**
 * Applies the migrations that the database lacks, in order, all in one transaction under an
 * advisory lock, so that several servers may start at once.
 *
 * @returns the names of those applied now.
 * @throws NewerDatabaseError where the database was migrated by a later version.
 */
export async function migrate(
  client: MigrationClient,
  migrations: readonly Migration[],
): Promise<readonly string[]> {
  await client.query("begin");
  try {
    await client.query("select pg_advisory_xact_lock($1)", [LOCK]);
    await client.query(
      "create table if not exists public.secondlook_migration (name text primary key, applied_at timestamptz not null default clock_timestamp())",
    );
    const done = namesOf((await client.query("select name from public.secondlook_migration")).rows);
    const known = new Set(migrations.map((migration) => migration.name));
    const unknown = [...done].filter((name) => !known.has(name));
    if (unknown.length > 0) {
      throw new NewerDatabaseError(
        `The database was migrated by a later version of Secondlook (${unknown.join(", ")}); start that version or restore an older backup.`,
      );
    }
    const applied: string[] = [];
    for (const migration of migrations) {
      if (done.has(migration.name)) continue;
      await client.query("insert into public.secondlook_migration (name) values ($1)", [
        migration.name,
      ]);
      await client.query(migration.sql);
      applied.push(migration.name);
    }
    await client.query("commit");
    return applied;
  } catch (error) {
    await client.query("rollback");
    throw error;
  }
}

function namesOf(rows: readonly unknown[]): Set<string> {
  const names = new Set<string>();
  for (const row of rows) {
    if (typeof row === "object" && row !== null && "name" in row && typeof row.name === "string") {
      names.add(row.name);
    }
  }
  return names;
}

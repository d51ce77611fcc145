import { chown } from "node:fs/promises";
import { join } from "node:path";
import { DatabaseSync } from "node:sqlite";

import type { Account } from "./account.ts";
import { EmbeddedPostgresError } from "./embedded-postgres-error.ts";

const SQLITE_BUSY = 5;

/**
 * Holds the data folder for this process. SQLite's file lock is used because the system drops it
 * when the process ends, however it ends: no lock is ever stale and none is taken by mistake.
 */
export async function lockDataFolder(
  dataDir: string,
  account: Account,
): Promise<{ release(): void }> {
  const file = join(dataDir, "postgres.lock");
  let lock: DatabaseSync | undefined;
  try {
    lock = new DatabaseSync(file, { timeout: 0 });
    lock.exec("begin exclusive");
  } catch (cause) {
    lock?.close();
    const busy = cause instanceof Error && "errcode" in cause && cause.errcode === SQLITE_BUSY;
    throw busy
      ? new EmbeddedPostgresError(
          "already_in_use",
          `Another server already uses the data folder ${dataDir}: stop it first, ` +
            "or choose another folder with SECONDLOOK_DATA_DIR.",
          { cause },
        )
      : new EmbeddedPostgresError(
          "data_folder_not_writable",
          `The file ${file} can't be locked: make it writable for this user, ` +
            "or choose another folder with SECONDLOOK_DATA_DIR.",
          { cause },
        );
  }
  if (process.getuid?.() === 0) {
    await chown(file, account.uid, account.gid);
  }
  const held = lock;
  return { release: () => held.close() };
}

import { DatabaseSync } from "node:sqlite";

import { EmbeddedPostgresError } from "./embedded-postgres-error.ts";

const SQLITE_BUSY = 5;

/**
 * Holds `file` for this process. SQLite's own file lock is used because the system drops it when
 * the process ends, however it ends: no lock is ever stale and none is taken over by mistake.
 */
export function lockDataFolder(dataDir: string, file: string): { release(): void } {
  const lock = new DatabaseSync(file, { timeout: 0 });
  try {
    lock.exec("begin exclusive");
  } catch (cause) {
    lock.close();
    if (cause instanceof Error && "errcode" in cause && cause.errcode === SQLITE_BUSY) {
      throw new EmbeddedPostgresError(
        "already_in_use",
        `Another server already uses the data folder ${dataDir}: stop it first, ` +
          "or choose another folder with SECONDLOOK_DATA_DIR.",
        { cause },
      );
    }
    throw cause;
  }
  return { release: () => lock.close() };
}

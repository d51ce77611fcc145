import type { Deps } from "@secondlook/api/deps";
import { compose } from "../compose.ts";
import type { Config } from "../config/config.ts";
import { attachDatabase } from "../database/open-database.ts";
import { createOperationalLog } from "../logging/operational-log.ts";
import { openExistingSecrets } from "../start-parts.ts";

/** Runs a command's work with the server's dependencies, beside a running server or alone. */
export async function withDeps<T>(config: Config, work: (deps: Deps) => Promise<T>): Promise<T> {
  const secrets = await openExistingSecrets(config);
  const database = await attachDatabase(config, secrets.vault);
  try {
    const parts = await compose(config, database, secrets, createOperationalLog(config.logLevel));
    try {
      return await work(parts.deps);
    } finally {
      await parts.close();
    }
  } finally {
    await database.close();
  }
}

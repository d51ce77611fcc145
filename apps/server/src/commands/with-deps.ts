import type { Deps } from "@secondlook/api/deps";
import { compose } from "../compose.ts";
import type { Config } from "../config/config.ts";
import { attachDatabase, withClient } from "../database/open-database.ts";
import { refuseLostRootKey } from "../database/seed.ts";
import { createOperationalLog } from "../logging/operational-log.ts";
import { openSecrets } from "../start-parts.ts";

/** Runs a command's work with the server's dependencies, beside a running server or alone. */
export async function withDeps<T>(config: Config, work: (deps: Deps) => Promise<T>): Promise<T> {
  const { vault, rootKeyIsNew } = await openSecrets(config);
  const database = await attachDatabase(config, vault);
  try {
    if (rootKeyIsNew)
      await withClient(database.connection("owner"), (owner) =>
        refuseLostRootKey(owner, config.dataDir),
      );
    const parts = await compose(config, database, vault, createOperationalLog(config.logLevel));
    try {
      return await work(parts.deps);
    } finally {
      await parts.close();
    }
  } finally {
    await database.close();
  }
}

import { signerFromSeed, type NoteSigner } from "@secondlook/audit/note-signer";
import type { PublishedCheckpoint } from "@secondlook/db/audit/sequencer";
import type { Database } from "@secondlook/db/database";
import { publishedCheckpointFile } from "@secondlook/db/published-checkpoint-file";
import { drizzle } from "drizzle-orm/node-postgres";
import { join } from "node:path";
import type { Config } from "../config/config.ts";
import { attachDatabase } from "../database/open-database.ts";
import { openPool, type OpenPool } from "../database/open-pool.ts";
import { createOperationalLog } from "../logging/operational-log.ts";
import { openLogSecrets } from "../start-parts.ts";

/** What a command about the log works with. */
export interface LogParts {
  readonly app: Database;
  readonly sequencer: Database;
  /** Migrates and repairs; nothing else uses it. */
  readonly owner: Database;
  readonly signer: NoteSigner;
  readonly publishedCheckpoint: PublishedCheckpoint;
}

/** Runs a command on the log, beside a running server or alone. */
export async function withLog<T>(
  config: Config,
  work: (parts: LogParts) => Promise<T>,
): Promise<T> {
  const { vault, logSeed } = await openLogSecrets(config);
  const database = await attachDatabase(config, vault);
  const log = createOperationalLog(config.logLevel);
  const pool = (role: "secondlook_app" | "secondlook_sequencer" | "owner", max: number): OpenPool =>
    openPool(database.connection(role), { name: role, max, log });
  const app = pool("secondlook_app", 1);
  const sequencer = pool("secondlook_sequencer", 2);
  const owner = pool("owner", 1);
  try {
    return await work({
      app: drizzle(app.pool),
      sequencer: drizzle(sequencer.pool),
      owner: drizzle(owner.pool),
      signer: await signerFromSeed(config.logOrigin, logSeed),
      publishedCheckpoint: publishedCheckpointFile(join(config.dataDir, "checkpoint")),
    });
  } finally {
    await Promise.all([app.end(), sequencer.end(), owner.end()]);
    await database.close();
  }
}

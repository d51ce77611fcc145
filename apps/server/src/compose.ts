import type { Deps, OperationalLog } from "@secondlook/api/deps";
import { createDenials } from "@secondlook/api/denials";
import { createEmitter } from "@secondlook/api/emitter";
import { createGroupAppender } from "@secondlook/db/audit/append";
import type { Database } from "@secondlook/db/database";
import { systemRandom } from "@secondlook/domain/ids";
import { createMediaPreparer } from "@secondlook/media/preparer";
import { openFileObjectStore } from "@secondlook/vault/node/file-object-store";
import type { Vault } from "@secondlook/vault/vault";
import { drizzle } from "drizzle-orm/node-postgres";
import { join } from "node:path";
import type pg from "pg";
import type { Config } from "./config/config.ts";
import type { OpenDatabase } from "./database/open-database.ts";
import { openPool, type OpenPool } from "./database/open-pool.ts";
import { createCookieSession } from "./http/cookie-session.ts";
import { enqueueJob } from "./jobs/enqueue.ts";

/** The parts of a running server that have to be ended, in this order. */
export interface Composition {
  readonly deps: Deps;
  readonly appPool: pg.Pool;
  close(): Promise<void>;
}

/** How many connections requests share; the log's group append has one of its own. */
const APP_CONNECTIONS = 20;
const READER_CONNECTIONS = 5;

/**
 * Puts the API's dependencies together from the configuration. The log hears of this emitter's first
 * event now, and of its last at `close`, so that an auditor can tell an end in order from a crash.
 */
export async function compose(
  config: Config,
  database: OpenDatabase,
  vault: Vault,
  log: OperationalLog,
): Promise<Composition> {
  const pool = (role: "secondlook_app" | "secondlook_reader", max: number): OpenPool =>
    openPool(database.connection(role), { name: role, max, log });
  const app = pool("secondlook_app", APP_CONNECTIONS);
  const append = pool("secondlook_app", 1);
  const reader = pool("secondlook_reader", READER_CONNECTIONS);
  const asDatabase = (from: OpenPool): Database => drizzle(from.pool);
  const clock = (): Date => new Date();
  const media = createMediaPreparer();
  const deps: Deps = {
    db: asDatabase(app),
    reader: asDatabase(reader),
    vault,
    objects: await openFileObjectStore({
      folder: join(config.dataDir, "objects"),
      random: systemRandom,
    }),
    media,
    emitter: createEmitter(clock, systemRandom),
    appender: createGroupAppender(asDatabase(append)),
    denials: createDenials(),
    enqueue: enqueueJob,
    clock,
    random: systemRandom,
    session: createCookieSession({ secure: config.publicUrl?.startsWith("https:") ?? false }),
    log,
    demo: config.demo,
    stalledAfterSeconds: 60,
  };
  const writer = { id: "sys_server", role: "system" } as const;
  await deps.appender.append([
    deps.emitter.stamp({ kind: "emitter.start", outcome: "allowed" }, writer).leaf,
  ]);
  return {
    deps,
    appPool: app.pool,
    async close() {
      const last = deps.emitter.last() + 1;
      await deps.appender.append([
        deps.emitter.stamp({ kind: "emitter.stop", outcome: "allowed", last }, writer).leaf,
      ]);
      await media.close();
      await Promise.all([app.end(), append.end(), reader.end()]);
    },
  };
}

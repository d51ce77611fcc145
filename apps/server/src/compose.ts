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
import pg from "pg";
import type { Config } from "./config/config.ts";
import type { OpenDatabase } from "./database/open-database.ts";
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
  const pool = (role: "secondlook_app" | "secondlook_reader", max: number): pg.Pool => {
    const made = new pg.Pool({
      ...database.connection(role),
      max,
      connectionTimeoutMillis: 5_000,
      application_name: role,
    });
    made.on("error", (error) => log.error({ role }, "an idle connection broke", error));
    return made;
  };
  const appPool = pool("secondlook_app", APP_CONNECTIONS);
  const appendPool = pool("secondlook_app", 1);
  const readerPool = pool("secondlook_reader", READER_CONNECTIONS);
  const asDatabase = (from: pg.Pool): Database => drizzle(from);
  const clock = (): Date => new Date();
  const media = createMediaPreparer();
  const deps: Deps = {
    db: asDatabase(appPool),
    reader: asDatabase(readerPool),
    vault,
    objects: await openFileObjectStore({
      folder: join(config.dataDir, "objects"),
      random: systemRandom,
    }),
    media,
    emitter: createEmitter(clock, systemRandom),
    appender: createGroupAppender(asDatabase(appendPool)),
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
    appPool,
    async close() {
      const last = deps.emitter.last() + 1;
      await deps.appender.append([
        deps.emitter.stamp({ kind: "emitter.stop", outcome: "allowed", last }, writer).leaf,
      ]);
      await media.close();
      await Promise.all([appPool.end(), appendPool.end(), readerPool.end()]);
    },
  };
}

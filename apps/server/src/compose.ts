import type { Deps, OperationalLog } from "@secondlook/api/deps";
import type { EventBody } from "@secondlook/audit/event";
import { formatVerifierKey } from "@secondlook/audit/note-key";
import { signerFromSeed } from "@secondlook/audit/note-signer";
import { createDenials } from "@secondlook/api/denials";
import { createEmitter } from "@secondlook/api/emitter";
import { recordLost } from "@secondlook/api/lost-numbers";
import { createGroupAppender } from "@secondlook/db/audit/append";
import { createLogStatus } from "@secondlook/db/audit/log-status";
import { createStallGuard } from "@secondlook/db/audit/stall-guard";
import type { Database } from "@secondlook/db/database";
import { systemRandom } from "@secondlook/domain/ids";
import { createMediaPreparer } from "@secondlook/media/preparer";
import { openFileObjectStore } from "@secondlook/vault/node/file-object-store";
import { drizzle } from "drizzle-orm/node-postgres";
import { join } from "node:path";
import type pg from "pg";
import type { Config } from "./config/config.ts";
import type { LoginRole } from "./database/logins.ts";
import type { OpenDatabase } from "./database/opened-database.ts";
import { openPool, type OpenPool } from "./database/open-pool.ts";
import { createCookieSession } from "./http/cookie-session.ts";
import { enqueueJob } from "./jobs/enqueue.ts";
import { startServerLive } from "./live/server-live.ts";
import { Ending } from "./lifecycle/ending.ts";
import { asDataFolderFault, type Secrets } from "./start-parts.ts";

/** The parts of a running server that have to be ended, in this order. */
export interface Composition {
  readonly deps: Deps;
  readonly appPool: pg.Pool;
  /** Ends the streams that browsers keep open, before the server waits for its answers. */
  endStreams(): void;
  close(): Promise<void>;
}

/** How many connections requests share; the log's group append has one of its own. */
const APP_CONNECTIONS = 20;
const READER_CONNECTIONS = 5;
/** An event without a position for longer stops new sensitive reads. */
const STALLED_AFTER_SECONDS = 60;

/**
 * Puts the API's dependencies together from the configuration. The log hears of this emitter's first
 * event now, and of its last at `close`, so that an auditor can tell an end in order from a crash.
 */
export async function compose(
  config: Config,
  database: OpenDatabase,
  { vault, logSeed }: Secrets,
  log: OperationalLog,
): Promise<Composition> {
  const objects = await openFileObjectStore({
    folder: join(config.dataDir, "objects"),
    random: systemRandom,
  }).catch((error: unknown) => {
    throw asDataFolderFault(error, config);
  });
  const ending = new Ending();
  const pool = (role: LoginRole, max: number): OpenPool => {
    const opened = openPool(database.connection(role), { name: role, max, log });
    ending.add(() => opened.end());
    return opened;
  };
  const app = pool("secondlook_app", APP_CONNECTIONS);
  const append = pool("secondlook_app", 1);
  const reader = pool("secondlook_reader", READER_CONNECTIONS);
  // Only the sequencer's log-in sees which events wait for their position.
  const watch = pool("secondlook_sequencer", 1);
  const asDatabase = (from: OpenPool): Database => drizzle(from.pool);
  const clock = (): Date => new Date();
  const media = createMediaPreparer();
  ending.add(() => media.close());
  const live = startServerLive(
    database.connection("secondlook_app"),
    (channel) => app.pool.query("select pg_notify($1, '')", [channel]),
    log,
  );
  ending.add(() => live.close());
  const logStatus = createLogStatus(asDatabase(watch));
  const deps: Deps = {
    db: asDatabase(app),
    reader: asDatabase(reader),
    vault,
    objects,
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
    logStatus,
    logKey: formatVerifierKey((await signerFromSeed(config.logOrigin, logSeed)).key),
    live,
    stallGuard: createStallGuard({
      status: logStatus,
      clock,
      stalledAfterSeconds: STALLED_AFTER_SECONDS,
      onError: (error) => log.error({}, "the log's state could not be read", error),
    }),
  };
  const report = (error: unknown): void => log.error({}, "a part could not be ended", error);
  const record = async (body: EventBody): Promise<void> => {
    const writer = { id: "sys_server", role: "system" } as const;
    await deps.appender.append([deps.emitter.stamp(body, writer).leaf]);
  };
  try {
    await record({ kind: "emitter.start", outcome: "allowed" });
  } catch (error) {
    await ending.run(report);
    throw error;
  }
  return {
    deps,
    appPool: app.pool,
    endStreams: live.end,
    async close() {
      try {
        await deps.denials.flush();
        await recordLost(deps);
        await record({
          kind: "emitter.stop",
          outcome: "allowed",
          last: deps.emitter.last() + 1,
        });
      } finally {
        await ending.run(report);
      }
    },
  };
}

import type { PGlite } from "@electric-sql/pglite";
import { createApp } from "@secondlook/api/create-app";
import type { Deps, SessionCarrier } from "@secondlook/api/deps";
import { createDenials } from "@secondlook/api/denials";
import { createLive } from "@secondlook/api/live";
import { createEmitter } from "@secondlook/api/emitter";
import { createGroupAppender } from "@secondlook/db/audit/append";
import { createStallGuard } from "@secondlook/db/audit/stall-guard";
import type { Database } from "@secondlook/db/database";
import { rebuildInsights, rollInsights } from "@secondlook/db/insights/roll";
import type { MediaPreparer } from "@secondlook/domain/evidence/prepared";
import type { RandomBytes } from "@secondlook/domain/ids";
import type { ObjectStore } from "@secondlook/vault/object-store";
import { createVault } from "@secondlook/vault/vault";
import { enqueueJob, runDueJobs } from "./jobs.ts";
import { createLogKeeper, type LogKeeper } from "./log-keeper.ts";
import { type MockClock, startClock } from "./mock-clock.ts";
import { shareSession } from "./one-session.ts";

/** As the server's own bound. */
const STALLED_AFTER_SECONDS = 60;

export interface BackendOptions {
  /** A migrated database, see `install`. */
  readonly pglite: PGlite;
  readonly objects: ObjectStore;
  readonly media: MediaPreparer;
  readonly session: SessionCarrier;
  readonly startAt: Date;
  readonly random: RandomBytes;
  /** Hears of faults that the server would write to its operational log. */
  readonly onFault: (message: string, cause: unknown) => void;
}

/** The real API over PGlite: what the server composes, with other parts underneath. */
export interface Backend {
  readonly deps: Deps;
  readonly clock: MockClock;
  readonly log: LogKeeper;
  /** Past every grant; for making states that time or another person would bring. */
  readonly superuser: Database;
  fetch(request: Request): Promise<Response>;
  /** Runs due jobs, counts figures and gives events their positions; the page does so between requests. */
  catchUp(): Promise<void>;
}

/** Secrets of mock mode. Everything under them is of people who do not exist. */
const ROOT_KEY = new Uint8Array(32).fill(7);

/** Puts the API together over PGlite, in a page or in Node. */
export async function createBackend(options: BackendOptions): Promise<Backend> {
  const { pglite, objects, media, session, random, onFault } = options;
  const as = shareSession(pglite);
  const superuser = as(null);
  const clock = await startClock(superuser, options.startAt);
  const log = await createLogKeeper(as("secondlook_sequencer"));
  const deps: Deps = {
    db: as("secondlook_app"),
    reader: as("secondlook_reader"),
    vault: createVault({ rootKey: ROOT_KEY, random }),
    objects,
    media,
    emitter: createEmitter(clock.now, random),
    appender: createGroupAppender(as("secondlook_app")),
    denials: createDenials(),
    enqueue: enqueueJob,
    clock: clock.now,
    random,
    session,
    log: {
      info: () => undefined,
      error: (_fields, message, cause) => onFault(message, cause),
    },
    demo: true,
    live: createLive(),
    logStatus: log.status,
    logKey: log.key,
    stallGuard: createStallGuard({
      status: log.status,
      clock: clock.now,
      stalledAfterSeconds: STALLED_AFTER_SECONDS,
    }),
  };
  await deps.appender.append([
    deps.emitter.stamp(
      { kind: "emitter.start", outcome: "allowed" },
      { id: "sys_server", role: "system" },
    ).leaf,
  ]);
  const app = createApp(deps);
  return {
    deps,
    clock,
    log,
    superuser,
    async fetch(request) {
      const response = await app.fetch(request);
      // What a server's HTTP layer adds: the console tells the time by it.
      response.headers.set("date", clock.now().toUTCString());
      return response;
    },
    async catchUp() {
      await runDueJobs(deps, superuser);
      if ((await rollInsights(deps.db)).state === "unbuilt") await rebuildInsights(deps.db, "UTC");
      await log.sequence();
    },
  };
}

import type { EventKind } from "@secondlook/audit/event";
import { createGroupAppender } from "@secondlook/db/audit/append";
import { type Database, rowsOf, run } from "@secondlook/db/database";
import { claimRound } from "@secondlook/db/queue/claim";
import { lockClaimer } from "@secondlook/db/queue/claimer";
import type { HeldRound } from "@secondlook/db/queue/lease";
import type { StaffRole } from "@secondlook/domain/access/roles";
import { newId, systemRandom } from "@secondlook/domain/ids";
import type { PolicyDocument } from "@secondlook/domain/policy/policy";
import { seedCase, type SeedCase, type SeededCase } from "@secondlook/testkit/cases/seed-case";
import { seedPolicy, seedSource, seedStaff } from "@secondlook/testkit/cases/seed-people";
import { createTestDatabase } from "@secondlook/testkit/postgres/database";
import { createMemoryObjectStore } from "@secondlook/vault/memory-object-store";
import { createVault, KEY_BYTES } from "@secondlook/vault/vault";
import { sql } from "drizzle-orm";
import { drizzle } from "drizzle-orm/node-postgres";
import { z } from "zod";
import { appRouter } from "../src/app-router.ts";
import type { Staff } from "../src/core/context.ts";
import { createDenials } from "../src/core/denials.ts";
import type { Deps, Job } from "../src/core/deps.ts";
import { createEmitter } from "../src/core/emitter.ts";
import { createLive } from "../src/core/live.ts";
import { createRecorder } from "../src/core/recorder.ts";
import { createCallerFactory } from "../src/core/trpc.ts";

const START = Date.parse("2026-11-02T09:00:00.000Z");

const callerOf = createCallerFactory(appRouter);
type Caller = ReturnType<typeof callerOf>;

/** A database of the test's own with the real application over it, and one clock to move. */
export interface Desk extends AsyncDisposable {
  readonly deps: Deps;
  /** The superuser's view, to seed and to look. */
  readonly owner: Database;
  readonly app: Database;
  /** What was enqueued, in order; nothing runs by itself. */
  readonly jobs: readonly Job[];
  readonly now: () => Date;
  /** Moves the clock of the rules on, by seconds. */
  advance(seconds: number): Promise<void>;
  /** The procedures as this person calls them, each call a request of its own. */
  as(staff: Staff): Caller;
  /** A case of a kind that only the people of this scene are routed to. */
  scene(wanted?: SeedCase): Promise<Scene>;
  /** Leaves written so far, of these kinds. */
  leaves(...kinds: EventKind[]): Promise<readonly Leaf[]>;
}

export interface Scene extends SeededCase {
  hire(role?: StaffRole): Promise<Staff>;
  /** Claims what waits of this scene; undefined where this person may have nothing. */
  claim(staff: Staff): Promise<HeldRound | undefined>;
}

const leafSchema = z.looseObject({ kind: z.string(), subject: z.string().optional() });
type Leaf = z.output<typeof leafSchema>;

/** Opens a desk with policy version 1, or this one, in force. */
export async function openDesk(options: { policy?: PolicyDocument } = {}): Promise<Desk> {
  const database = await createTestDatabase();
  const pools = [database.pool(), database.pool("secondlook_app", { max: 12 })] as const;
  const [owner, app] = pools.map((pool): Database => drizzle(pool));
  if (owner === undefined || app === undefined) throw new Error("no pools");
  let at = START;
  await fixClock(owner, START);
  const now = (): Date => new Date(at);
  const { policy } = options;
  await seedPolicy(owner, policy === undefined ? {} : { document: policy });
  const source = await seedSource(owner);
  const jobs: Job[] = [];
  const deps: Deps = {
    db: app,
    reader: owner,
    vault: createVault({ rootKey: new Uint8Array(KEY_BYTES).fill(7), random: systemRandom }),
    objects: createMemoryObjectStore(now),
    media: {
      preparePhoto: () => Promise.reject(new Error("nothing is prepared here")),
      prepareClip: () => Promise.reject(new Error("nothing is prepared here")),
    },
    emitter: createEmitter(now, systemRandom),
    appender: createGroupAppender(app),
    denials: createDenials(),
    enqueue: (_tx, job) => {
      jobs.push(job);
      return Promise.resolve();
    },
    clock: now,
    random: systemRandom,
    session: { read: () => undefined, write: () => undefined },
    log: {
      info: () => undefined,
      error: (_fields, message, cause) => failures.push({ message, cause }),
    },
    demo: false,
    logStatus: { read: () => Promise.reject(new Error("the log's state is not known here")) },
    logKey: "log.test+00000000+none",
    stallGuard: { mayRead: () => Promise.resolve(true) },
    live: createLive(),
  };
  const failures: { message: string; cause: unknown }[] = [];
  let scenes = 0;

  const desk: Desk = {
    deps,
    owner,
    app,
    jobs,
    now,
    async advance(seconds) {
      at += seconds * 1000;
      await run(owner, sql`update public.test_clock set at = ${now().toISOString()}::timestamptz`);
    },
    as: (staff) => fresh(() => callerOf(contextFor(deps, staff))),
    async scene(wanted = {}) {
      scenes += 1;
      const skills = [`scene_${scenes}`];
      const made = await seedCase(owner, { source, vault: deps.vault, ...wanted, skills });
      return {
        ...made,
        hire: async (role = "reviewer") => ({
          ...(await seedStaff(owner, { role, skills })),
          sessionId: newId("session", systemRandom),
        }),
        claim: (staff) =>
          app.transaction(async (tx) => {
            const me = await lockClaimer(tx, staff.id);
            if (me === undefined) return undefined;
            return (await claimRound(tx, { staff: me, kind: "active" }))?.held;
          }),
      };
    },
    async leaves(...kinds) {
      const rows = await rowsOf(
        owner,
        z.object({ leaf: z.string() }),
        sql`select convert_from(leaf, 'UTF8') as leaf from audit.event order by id`,
      );
      const all = rows.map((row) => leafSchema.parse(JSON.parse(row.leaf)));
      return kinds.length === 0
        ? all
        : all.filter((leaf) => kinds.some((kind) => kind === leaf.kind));
    },
    async [Symbol.asyncDispose]() {
      await Promise.all(pools.map((pool) => pool.end()));
      await database.close();
      if (failures.length > 0) throw new AggregateError(failures, "something failed unexpectedly");
    },
  };
  return desk;
}

/** Puts a clock that the test moves in the place of the database's own. */
async function fixClock(owner: Database, at: number): Promise<void> {
  const start = new Date(at).toISOString();
  await run(owner, sql`create table public.test_clock (at timestamptz not null)`);
  await run(owner, sql`insert into public.test_clock values (${start}::timestamptz)`);
  await run(
    owner,
    sql`create or replace function app.now() returns timestamptz language sql volatile security definer
        as $$ select at from public.test_clock $$`,
  );
}

/** A procedure per property path, each on a caller of its own, as each request is one. */
function fresh(make: () => Caller): Caller {
  return new Proxy(make(), { get: (_target, area) => Reflect.get(make(), area) as unknown });
}

function contextFor(deps: Deps, staff: Staff): Parameters<typeof callerOf>[0] {
  const requestId = newId("request", deps.random);
  const actor = { id: staff.id, role: staff.role, session: staff.sessionId, request: requestId };
  return {
    deps,
    staff,
    requestId,
    recorder: createRecorder(deps, actor),
    responseHeaders: new Headers(),
  };
}

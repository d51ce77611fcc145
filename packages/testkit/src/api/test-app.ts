import { createApp } from "@secondlook/api/create-app";
import type { Deps, Job, SessionCarrier } from "@secondlook/api/deps";
import { createDenials } from "@secondlook/api/denials";
import { createLive } from "@secondlook/api/live";
import { createEmitter } from "@secondlook/api/emitter";
import { formatVerifierKey } from "@secondlook/audit/note-key";
import { signerFromSeed } from "@secondlook/audit/note-signer";
import { createGroupAppender } from "@secondlook/db/audit/append";
import { createLogStatus } from "@secondlook/db/audit/log-status";
import { createSequencer } from "@secondlook/db/audit/sequencer";
import type { Database } from "@secondlook/db/database";
import { addIngestKey, ensureSource } from "@secondlook/db/ingest/keys";
import { addStaff } from "@secondlook/db/staff/add-staff";
import { type Id, newId } from "@secondlook/domain/ids";
import { POLICY_V1 } from "@secondlook/domain/policy/policy-v1";
import type { PolicyDocument } from "@secondlook/domain/policy/policy";
import { createMediaPreparer } from "@secondlook/media/preparer";
import { createMemoryObjectStore } from "@secondlook/vault/memory-object-store";
import { createVault } from "@secondlook/vault/vault";
import { drizzle } from "drizzle-orm/node-postgres";
import type pg from "pg";
import { z } from "zod";
import { createTestDatabase, type TestDatabase } from "../postgres/database.ts";
import { type Browser, createBrowser, SESSION_HEADER } from "./browser.ts";
import { type CaseBody, caseForm } from "./case-payload.ts";
import { createPlainPreparer } from "./plain-preparer.ts";
import { seededRandom } from "./seeded-random.ts";
import { createTestClock, type TestClock } from "./test-clock.ts";
import { TEST_STAFF } from "./test-staff.ts";

export interface TestAppOptions {
  /** `real` prepares in child processes as production does; default is `plain`, by first bytes. */
  readonly media?: "plain" | "real";
  readonly seed?: number;
  readonly policy?: PolicyDocument;
  /** Replaces parts, such as an object store that fails. */
  readonly replace?: (deps: Deps) => Partial<Deps>;
}

/** An event as the intake holds it, oldest first. */
export type TestEvent = Readonly<Record<string, unknown>> & { readonly kind: string };

/** The real API over a database of its own, with policy version 1, staff of every role, a source. */
export interface TestApp extends AsyncDisposable {
  readonly deps: Deps;
  readonly database: TestDatabase;
  /** Past every grant; for setting up and looking behind. */
  readonly superuser: pg.Pool;
  readonly clock: TestClock;
  /** Jobs asked for so far; those of transactions that were rolled back are among them. */
  readonly jobs: readonly Job[];
  /** What went to the operational log as an error. */
  readonly errors: readonly { readonly message: string; readonly cause: unknown }[];
  /** Id and key of the source that sends cases. */
  readonly source: { readonly id: Id<"source">; readonly key: string };
  /** Somebody who isn't signed in. */
  readonly nobody: Browser;
  fetch(request: Request): Response | Promise<Response>;
  /** Signs in one of TEST_STAFF by `POST /auth/demo`. */
  signIn(handle: string): Promise<Browser>;
  staffId(handle: string): Id<"actor">;
  addSource(name: string): Promise<{ readonly id: Id<"source">; readonly key: string }>;
  /** `POST /v1/cases` with the source's key, or another. */
  sendCase(
    body: CaseBody | string,
    files: ReadonlyMap<string, Uint8Array<ArrayBuffer>>,
    key?: string,
  ): Promise<Response>;
  /** Every event so far, in the order of the intake; with `kind`, those of it. */
  events(kind?: string): Promise<readonly TestEvent[]>;
  /** Gives positions to every event so far, so that screens which show the log see them. */
  sequence(): Promise<void>;
  /** Runs `work` while the application can't write the log. */
  withoutLog<T>(work: () => Promise<T>): Promise<T>;
}

const eventSchema = z.looseObject({ kind: z.string() });
const tokenSchema = z.string().regex(/^[\w-]{43}$/);

/** Puts it together. Dispose of it with `await using`, or in `afterAll`. */
export async function createTestApp(options: TestAppOptions = {}): Promise<TestApp> {
  const database = await createTestDatabase();
  const superuser = database.pool(undefined, { max: 3 });
  const appPool = database.pool("secondlook_app", { max: 12 });
  const appendPool = database.pool("secondlook_app", { max: 1 });
  const readerPool = database.pool("secondlook_reader", { max: 2 });
  const sequencerPool = database.pool("secondlook_sequencer", { max: 1 });
  const media = options.media === "real" ? createMediaPreparer({ workers: 1 }) : undefined;
  const random = seededRandom(options.seed ?? 1);
  const clock = createTestClock(superuser);
  const jobs: Job[] = [];
  const errors: { message: string; cause: unknown }[] = [];
  const vault = createVault({ rootKey: new Uint8Array(32).fill(7), random });
  const live = createLive();
  const origin = "log.test/secondlook";
  const signer = await signerFromSeed(origin, new Uint8Array(32).fill(9));
  const db: Database = drizzle(appPool);
  const base: Deps = {
    db,
    reader: drizzle(readerPool),
    vault,
    objects: createMemoryObjectStore(clock.now),
    media: media ?? createPlainPreparer(),
    emitter: createEmitter(clock.now, random),
    appender: createGroupAppender(drizzle(appendPool)),
    denials: createDenials(),
    enqueue: async (_tx, job) => {
      jobs.push(job);
    },
    clock: clock.now,
    random,
    session: headerSession,
    log: {
      info: () => undefined,
      error: (_fields, message, cause) => {
        errors.push({ message, cause });
      },
    },
    demo: true,
    logKey: formatVerifierKey(signer.key),
    logStatus: createLogStatus(drizzle(sequencerPool)),
    // The sequencer runs only when a test says so, and the log would count as stalled after a minute.
    stallGuard: { mayRead: () => Promise.resolve(true) },
    live,
  };
  const deps: Deps = { ...base, ...options.replace?.(base) };
  const app = createApp(deps);
  const fetch = (request: Request): Response | Promise<Response> => app.fetch(request);

  await superuser.query(
    "insert into app.policy (version, document, author, approver, starts_at) values (1, $1::jsonb, 'secondlook', 'installation', now() - interval '1 minute')",
    [JSON.stringify(options.policy ?? POLICY_V1)],
  );
  const staff = new Map<string, Id<"actor">>();
  for (const person of TEST_STAFF) {
    const id = newId("actor", random);
    staff.set(person.handle, id);
    await addStaff(db, { id, ...person });
  }

  async function addSource(name: string): Promise<{ id: Id<"source">; key: string }> {
    const id = await ensureSource(db, { id: newId("source", random), name });
    const key = `test-key-of-${name}`;
    const hash = await vault.keyedHash("ingest_key", key);
    await addIngestKey(db, { id: newId("key", random), sourceId: id, label: name, hash });
    return { id, key };
  }
  const sequencer = createSequencer({
    db: drizzle(sequencerPool),
    signer,
    origin,
    onError: (error) => {
      throw error;
    },
  });
  const source = await addSource("market");
  const nobody = createBrowser({ fetch });

  return {
    deps,
    database,
    superuser,
    clock,
    jobs,
    errors,
    source,
    nobody,
    fetch,
    addSource,
    async signIn(handle) {
      const response = await nobody.fetch("/auth/demo", {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ account: handle }),
      });
      if (response.status !== 200) throw new Error(`${handle} can't sign in: ${response.status}`);
      return createBrowser({ fetch }, tokenSchema.parse(response.headers.get(SESSION_HEADER)));
    },
    staffId(handle) {
      const id = staff.get(handle);
      if (id === undefined) throw new Error(`There is no ${handle} among the test accounts.`);
      return id;
    },
    async sendCase(body, files, key = source.key) {
      return nobody.fetch("/v1/cases", {
        method: "POST",
        headers: { authorization: `Bearer ${key}` },
        body: caseForm(body, files),
      });
    },
    async events(kind) {
      const { rows } = await superuser.query<{ leaf: Buffer }>(
        "select leaf from audit.event order by id",
      );
      return rows
        .map(({ leaf }) => eventSchema.parse(JSON.parse(leaf.toString("utf8"))))
        .filter((event) => kind === undefined || event.kind === kind);
    },
    async sequence() {
      while ((await sequencer.pass()).more);
    },
    async withoutLog(work) {
      const doors = "audit.append(bytea), audit.append_many(bytea[])";
      const logins = "secondlook_app, secondlook_sealed_owner";
      await superuser.query(`revoke execute on function ${doors} from ${logins}`);
      try {
        return await work();
      } finally {
        await superuser.query(`grant execute on function ${doors} to ${logins}`);
      }
    },
    async [Symbol.asyncDispose]() {
      live.end();
      await media?.close();
      await Promise.all(
        [superuser, appPool, appendPool, readerPool, sequencerPool].map((pool) => pool.end()),
      );
      await database.close();
    },
  };
}

/** `fetch` outside a browser strips cookies, so the token travels in a header of its own. */
const headerSession: SessionCarrier = {
  read: (request) => request.headers.get(SESSION_HEADER) ?? undefined,
  write: (response, token) => {
    response.set(SESSION_HEADER, token ?? "");
  },
};

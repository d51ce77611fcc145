import { createApp } from "@secondlook/api/create-app";
import { type Browser, createBrowser } from "@secondlook/testkit/api/browser";
import { caseBody, caseForm, plainFiles } from "@secondlook/testkit/api/case-payload";
import { claimWork } from "@secondlook/testkit/api/judge";
import { createTestApp, type TestApp } from "@secondlook/testkit/api/test-app";
import { drizzle } from "drizzle-orm/node-postgres";
import type pg from "pg";
import { afterAll, beforeAll, expect, test } from "vitest";
import { type ServerLive, startServerLive } from "./server-live.ts";

/** One of several servers over one database: a pool and a listening connection of its own. */
interface Server {
  readonly live: ServerLive;
  readonly pool: pg.Pool;
  fetch(request: Request): Response | Promise<Response>;
  /** Somebody who is signed in already, at this server. */
  seat(browser: Browser): Browser;
}

let base: TestApp;
let one: Server;
let other: Server;
const faults: string[] = [];

function startServer(): Server {
  const pool = base.database.pool("secondlook_app", { max: 4 });
  const live = startServerLive(
    base.database.connectionOf("secondlook_app"),
    (channel) => pool.query("select pg_notify($1, '')", [channel]),
    { info: () => undefined, error: (_fields, message) => faults.push(message) },
  );
  const app = createApp({ ...base.deps, db: drizzle(pool), live });
  const fetch = (request: Request) => app.fetch(request);
  return { live, pool, fetch, seat: ({ token }) => createBrowser({ fetch }, token) };
}

beforeAll(async () => {
  base = await createTestApp();
  one = startServer();
  other = startServer();
});
afterAll(async () => {
  for (const { live, pool } of [one, other]) {
    await live.close();
    await pool.end();
  }
  await base[Symbol.asyncDispose]();
});

/** Processes of this database that listen. */
async function listeners(): Promise<readonly number[]> {
  const { rows } = await base.superuser.query<{ pid: number }>(
    `select pid from pg_stat_activity where datname = current_database()
       and application_name = 'secondlook_live' and state = 'idle' and query like 'listen%' order by pid`,
  );
  return rows.map(({ pid }) => pid);
}

/** Resolves with the next thing that a server hears from its database or from itself. */
function nextNews({ live }: Server): Promise<void> {
  return new Promise((resolve) => {
    const end = live.subscribe(() => {
      end();
      resolve();
    });
  });
}

async function send(server: Server, externalId: string): Promise<void> {
  const body = caseBody({ externalId });
  const response = await server.fetch(
    new Request("http://secondlook.test/v1/cases", {
      method: "POST",
      headers: { authorization: `Bearer ${base.source.key}` },
      body: caseForm(body, plainFiles(body)),
    }),
  );
  expect(response.status).toBe(201);
}

async function stream(browser: Browser) {
  const response = await browser.fetch("/live/events");
  const reader = response.body?.pipeThrough(new TextDecoderStream()).getReader();
  if (reader === undefined) throw new Error("no body");
  return {
    /** Reads on until something is told that has this in it. */
    async until(words: string): Promise<void> {
      for (;;) {
        const { done, value } = await reader.read();
        if (done) throw new Error("the stream ended");
        if (value.includes(words)) return;
      }
    },
    cancel: () => reader.cancel(),
  };
}

test("what happens at one server is told by the streams of another, over one database", async () => {
  await expect.poll(listeners).toHaveLength(2);
  const lead = other.seat(await base.signIn("lead-1"));
  const told = await stream(lead);
  await told.until('"strip":[]');
  const heard = nextNews(other);
  await send(one, "ver_1");
  await heard;
  await told.until('"waiting":1,"beingWorked":0');
  await claimWork(one.seat(await base.signIn("reviewer-1")));
  await told.until('"waiting":0,"beingWorked":1');
  await told.cancel();
});

test("a listening connection that was killed is opened again, and what was missed is looked at", async () => {
  const killed = await listeners();
  const back = nextNews(other);
  await base.superuser.query("select pg_terminate_backend(pid) from unnest($1::int[]) as pid", [
    killed,
  ]);
  // Nobody told anything since: it hears itself that it listens again.
  await back;
  await expect.poll(listeners, { timeout: 20_000 }).toHaveLength(2);
  expect((await listeners()).filter((pid) => killed.includes(pid))).toEqual([]);
  expect(faults).toEqual([
    "the connection that hears of changes broke",
    "the connection that hears of changes broke",
  ]);
  const told = await stream(other.seat(await base.signIn("lead-1")));
  await told.until('"region":"VN"');
  const heard = nextNews(other);
  await send(one, "ver_2");
  await heard;
  await told.until('"waiting":1');
  await told.cancel();
});

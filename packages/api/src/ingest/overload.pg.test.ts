import { caseBody, caseForm, plainFiles } from "@secondlook/testkit/api/case-payload";
import { createTestApp, type TestApp } from "@secondlook/testkit/api/test-app";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { ingestRoutes } from "./routes.ts";

let app: TestApp;
beforeAll(async () => {
  app = await createTestApp();
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
});
beforeEach(() => app.clock.pass({ minutes: 2 }));

interface Routes {
  /** One for each body whose reading has begun. */
  readonly deadlines: readonly AbortController[];
  /** Sends a body that begins and never ends. */
  readonly sendSlowly: (key?: string) => Promise<Response>;
  readonly send: (externalId: string, key?: string) => Promise<Response>;
  readonly read: (key?: string) => Promise<Response>;
}

/** Routes of their own, whose deadline the test lets pass. */
function routes(): Routes {
  const deadlines: AbortController[] = [];
  const hono = ingestRoutes(app.deps, {
    bodyDeadline: () => {
      const deadline = new AbortController();
      deadlines.push(deadline);
      return deadline.signal;
    },
  });
  return {
    deadlines,
    sendSlowly(key = app.source.key) {
      const body = new ReadableStream<Uint8Array>({
        start(controller) {
          controller.enqueue(new TextEncoder().encode("--b\r\n"));
        },
      });
      return post(key, body, { "content-type": "multipart/form-data; boundary=b" });
    },
    send(externalId: string, key = app.source.key) {
      const body = caseBody({ externalId });
      return post(key, caseForm(body, plainFiles(body)));
    },
    async read(key = app.source.key) {
      const headers = { authorization: `Bearer ${key}` };
      return hono.request("/v1/cases/none", { headers });
    },
  };

  async function post(
    key: string,
    body: BodyInit,
    headers: Record<string, string> = {},
  ): Promise<Response> {
    const init = {
      method: "POST",
      headers: { authorization: `Bearer ${key}`, ...headers },
      body,
      duplex: "half",
    };
    return hono.fetch(new Request("http://secondlook.test/v1/cases", init));
  }
}

describe("a body that does not arrive", () => {
  test("is given up at its deadline, with an event, and its place is free", async () => {
    const { sendSlowly, send, deadlines } = routes();
    const sent = [sendSlowly(), sendSlowly()];
    await expect.poll(() => deadlines.length).toBe(2);
    const next = send("after-the-slow");
    for (const deadline of deadlines.slice(0, 2)) deadline.abort();
    for (const response of await Promise.all(sent)) {
      expect(response.status).toBe(408);
      expect(response.headers.get("connection")).toBe("close");
      expect(await response.json()).toMatchObject({ status: 408, errors: [] });
    }
    expect((await app.events("case.refuse")).at(-1)).toMatchObject({ reason: "body_too_slow" });
    expect((await next).status).toBe(201);
  });

  test("blocks its own source only: two inside, eight waiting, the next is turned away", async () => {
    const { sendSlowly, send, deadlines } = routes();
    const other = await app.addSource("other");
    const sent = Array.from({ length: 10 }, () => sendSlowly());
    await expect.poll(() => deadlines.length).toBe(2);
    // Those that wait have passed the look at their key too.
    const statusOfNext = async (): Promise<number> => (await sendSlowly()).status;
    expect(
      await Promise.race([statusOfNext(), ...sent.map(async (each) => (await each).status)]),
    ).toBe(503);
    expect((await send("of-another-source", other.key)).status).toBe(201);
    for (let given = 0; given < 11; given += 1) {
      await expect.poll(() => deadlines.length).toBeGreaterThan(given);
      deadlines[given]?.abort();
    }
    expect((await Promise.all(sent)).map(({ status }) => status)).toContain(408);
  });
});

describe("more than a source may send", () => {
  test("is answered 429 with when to come again; other sources and the next second are free", async () => {
    const { read } = routes();
    const busy = await app.addSource("busy");
    await app.clock.stopAt(app.clock.now());
    const answers = await Promise.all(Array.from({ length: 61 }, () => read(busy.key)));
    const refused = answers.filter(({ status }) => status === 429);
    expect(refused).toHaveLength(1);
    expect(refused[0]?.headers.get("retry-after")).toBe("1");
    expect((await read()).status).toBe(404);
    await app.clock.pass({ seconds: 1 });
    expect((await read(busy.key)).status).toBe(404);
  });

  test("leaves twenty refusals a minute in the log, and then one with the count", async () => {
    await app.clock.pass({ minutes: 2 });
    await app.deps.denials.flush();
    const before = (await app.events("case.refuse")).length;
    const { send } = routes();
    const loud = await app.addSource("loud");
    for (let sent = 0; sent < 23; sent += 1) {
      expect((await send("two words", loud.key)).status).toBe(422);
    }
    const mine = async (): Promise<readonly unknown[]> =>
      (await app.events("case.refuse")).slice(before);
    expect(await mine()).toHaveLength(20);
    await app.deps.denials.flush();
    expect((await mine()).slice(20)).toEqual([
      expect.objectContaining({ reason: "flood", count: 3, source: loud.id }),
    ]);
  });
});

import type { Browser } from "@secondlook/testkit/api/browser";
import { caseBody, caseForm, plainFiles } from "@secondlook/testkit/api/case-payload";
import { createTestApp, type TestApp } from "@secondlook/testkit/api/test-app";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { createKeyOutput, listKeysOutput } from "../schemas/ingest-keys.ts";

let app: TestApp;
let admin: Browser;
beforeAll(async () => {
  app = await createTestApp();
  admin = await app.signIn("admin-1");
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

async function makeKey(source: string, label = source) {
  const answer = await admin.call("ingestKeys.create", { source, label });
  return createKeyOutput.parse(answer.data);
}
async function listed(keyId: string) {
  const { keys } = listKeysOutput.parse((await admin.call("ingestKeys.list")).data);
  return keys.find((key) => key.keyId === keyId);
}
const look = (key: string): Promise<Response> =>
  app.nobody.fetch("/v1/cases/cas_none", { headers: { authorization: `Bearer ${key}` } });
function send(externalId: string, key: string): Promise<Response> {
  const body = caseBody({ externalId });
  return app.sendCase(body, plainFiles(body), key);
}

describe("a key", () => {
  test("is told once, kept as a keyed hash, and works at once; its making is an event", async () => {
    const { keyId, key } = await makeKey("shop", "nightly batch");
    expect(key).toMatch(/^slk_[\w-]{32}$/);
    expect((await send("by-new-key", key)).status).toBe(201);
    const everywhere = await app.superuser.query(
      "select to_jsonb(k)::text as row from app.ingest_key k",
    );
    expect(JSON.stringify(everywhere.rows)).not.toContain(key);
    expect(JSON.stringify(await app.events())).not.toContain(key);
    expect((await admin.call("ingestKeys.list")).body).not.toMatchObject({ key });
    expect(JSON.stringify((await admin.call("ingestKeys.list")).body)).not.toContain(key);
    expect((await app.events("key.create")).at(-1)).toMatchObject({
      key: keyId,
      actor: { id: app.staffId("admin-1"), role: "admin" },
    });
    expect(await listed(keyId)).toMatchObject({
      source: "shop",
      label: "nightly batch",
      revokedAt: null,
    });
  });

  test("belongs to the source of its name: a second one of the same source sees the same cases", async () => {
    const [one, two] = [await makeKey("twice"), await makeKey("twice", "another")];
    expect((await send("twice-1", one.key)).status).toBe(201);
    expect((await send("twice-1", two.key)).status).toBe(200);
  });

  test.each([
    ["Shop", "x"],
    ["shop one", "x"],
    ["", "x"],
    ["shop", ""],
    ["shop", "a\u0000b"],
    ["shop", "a\u202eb"],
    ["shop", "x".repeat(65)],
  ])("is not made for source %j and label %j", async (source, label) => {
    expect((await admin.call("ingestKeys.create", { source, label })).status).toBe(400);
  });
});

describe("the use of a key", () => {
  test("is an event each: what it did, or why it could not; its first use and one after a rest by itself", async () => {
    const { keyId, key } = await makeKey("used");
    expect(await listed(keyId)).toMatchObject({ lastUsedAt: null });
    const of = async (kind: string) =>
      (await app.events(kind)).filter((event) => event["key"] === keyId);
    await send("used-1", key);
    await look(key);
    await look(key);
    expect(await of("key.use")).toHaveLength(1);
    expect(await of("case.ingest")).toHaveLength(2);
    expect(await of("case.refuse")).toMatchObject([{ reason: "no_such_case" }, {}]);
    expect((await listed(keyId))?.lastUsedAt).not.toBeNull();
    await app.clock.pass({ hours: 25 });
    // Sessions are shorter than that.
    admin = await app.signIn("admin-1");
    await look(key);
    expect(await of("key.use")).toHaveLength(2);
  });

  test("is refused where it can't be recorded", async () => {
    const { key } = await makeKey("unrecorded");
    expect((await app.withoutLog(() => look(key))).status).toBe(503);
  });
});

describe("a key that is revoked", () => {
  test("opens nothing from then on; others of its source do; it is an event, once", async () => {
    const [gone, stays] = [await makeKey("left"), await makeKey("left", "stays")];
    await send("left-1", gone.key);
    const revoked = await admin.call("ingestKeys.revoke", { keyId: gone.keyId });
    expect(revoked).toMatchObject({ status: 200, data: { done: true } });
    expect((await look(gone.key)).status).toBe(401);
    expect((await send("left-2", gone.key)).status).toBe(401);
    expect((await send("left-2", stays.key)).status).toBe(201);
    expect((await listed(gone.keyId))?.revokedAt).not.toBeNull();
    const again = await admin.call("ingestKeys.revoke", { keyId: gone.keyId });
    expect(again).toMatchObject({ status: 409, refusal: "conflict" });
    const events = (await app.events("key.revoke")).filter(({ key }) => key === gone.keyId);
    expect(events).toHaveLength(1);
  });

  test("while a body arrives stores nothing of it, a repeat no more than a new case", async () => {
    const before = await makeKey("slow");
    const body = caseBody({ externalId: "slow-1" });
    await app.sendCase(body, plainFiles(body), before.key);
    for (const externalId of ["slow-1", "slow-2"]) {
      const { keyId, key } = await makeKey("slow", externalId);
      const form = new Request("http://x", {
        method: "POST",
        body: caseForm(caseBody({ externalId }), plainFiles(body)),
      });
      const bytes = new Uint8Array(await form.arrayBuffer());
      const half = Math.floor(bytes.length / 2);
      let resume = (): void => undefined;
      const rest = new Promise<void>((resolve) => {
        resume = resolve;
      });
      const stream = new ReadableStream<Uint8Array>({
        async start(controller) {
          controller.enqueue(bytes.subarray(0, half));
          await rest;
          controller.enqueue(bytes.subarray(half));
          controller.close();
        },
      });
      const init = {
        method: "POST",
        headers: {
          authorization: `Bearer ${key}`,
          "content-type": form.headers.get("content-type") ?? "",
        },
        body: stream,
        duplex: "half",
      };
      const answer = app.fetch(new Request("http://secondlook.test/v1/cases", init));
      await admin.call("ingestKeys.revoke", { keyId });
      resume();
      expect((await answer).status).toBe(401);
    }
    const { rows } = await app.superuser.query(
      "select count(*)::int as stored from app.review_case where external_id like 'slow-%'",
    );
    expect(rows).toEqual([{ stored: 1 }]);
  });

  test("waits for what is being stored with it, and what comes after is refused", async () => {
    const { keyId, key } = await makeKey("race");
    const [revoked, ...sent] = await Promise.all([
      admin.call("ingestKeys.revoke", { keyId }),
      ...Array.from({ length: 6 }, (_, index) => send(`race-${index}`, key)),
    ]);
    expect(revoked.status).toBe(200);
    const { rows } = await app.superuser.query<{ id: string; late: boolean }>(
      `select c.external_id as id, c.received_at > k.revoked_at as late from app.review_case c, app.ingest_key k
       where c.external_id like 'race-%' and k.id = $1`,
      [keyId],
    );
    expect(rows).toHaveLength(sent.filter(({ status }) => status === 201).length);
    expect(sent.every(({ status }) => status === 201 || status === 401)).toBe(true);
    // Whatever is stored was stored before the key was gone.
    expect(rows.filter(({ late }) => late)).toEqual([]);
  });

  test("is gone from when the wait was over, not from when it was asked for", async () => {
    const { keyId } = await makeKey("held");
    const storing = await app.superuser.connect();
    try {
      await storing.query("begin");
      await storing.query("select id from app.ingest_key where id = $1 for share", [keyId]);
      const revoking = admin.call("ingestKeys.revoke", { keyId });
      await vi.waitFor(async () => {
        const { rows } = await app.superuser.query(
          `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock' and query like '%app.ingest_key%'`,
        );
        expect(rows).toHaveLength(1);
      });
      const { rows } = await storing.query<{ stored: Date }>("select clock_timestamp() as stored");
      await storing.query("commit");
      expect((await revoking).status).toBe(200);
      const revokedAt = (await listed(keyId))?.revokedAt ?? "";
      expect(Date.parse(revokedAt)).toBeGreaterThanOrEqual(rows[0]?.stored.getTime() ?? Infinity);
    } finally {
      storing.release();
    }
  });
});

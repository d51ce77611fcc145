import { type CaseBody, caseBody, plainFiles } from "@secondlook/testkit/api/case-payload";
import { plainPhoto } from "@secondlook/testkit/api/plain-preparer";
import { createTestApp, type TestApp } from "@secondlook/testkit/api/test-app";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { z } from "zod";

const takenSchema = z.object({ caseId: z.templateLiteral(["cas_", z.string()]), url: z.string() });
const problemSchema = z.object({
  title: z.string(),
  status: z.int(),
  detail: z.string(),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })),
});

let app: TestApp;
let failing: { put: boolean } = { put: false };

beforeAll(async () => {
  app = await createTestApp({
    replace: ({ objects }) => ({
      objects: {
        ...objects,
        put: async (id, bytes) => {
          if (failing.put) throw new Error("the disk is full");
          await objects.put(id, bytes);
        },
      },
    }),
  });
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
});
beforeEach(() => {
  failing = { put: false };
});

let sent = 0;
function newBody(change: Partial<CaseBody> = {}, similarities?: readonly number[]): CaseBody {
  sent += 1;
  return caseBody({
    externalId: `case-${sent}`,
    change,
    ...(similarities === undefined ? {} : { similarities }),
  });
}

async function problemOf(response: Response): Promise<z.output<typeof problemSchema>> {
  expect(response.headers.get("content-type")).toBe("application/problem+json");
  expect(response.headers.get("cache-control")).toBe("no-store");
  const problem = problemSchema.parse(await response.json());
  expect(problem.status).toBe(response.status);
  return problem;
}

/** Rows of every table that a case touches, and objects. */
async function holdings(): Promise<Record<string, number>> {
  const tables =
    "app.subject app.verification app.evidence app.rendition app.review_case app.candidate app.round app.signal sealed.matcher_run sealed.score".split(
      " ",
    );
  const held: Record<string, number> = {};
  for (const table of tables) {
    const { rows } = await app.superuser.query<{ n: number }>(
      `select count(*)::int as n from ${table}`,
    );
    held[table] = rows[0]?.n ?? 0;
  }
  held["objects"] = (await Array.fromAsync(app.deps.objects.list())).length;
  return held;
}

describe("a case that is new", () => {
  test("is taken whole: 201, its address, an event for each account, every file an object", async () => {
    const before = await holdings();
    const body = newBody({}, [97.2, 88]);
    const response = await app.sendCase(body, plainFiles(body));
    expect(response.status).toBe(201);
    const { caseId, url } = takenSchema.parse(await response.json());
    expect(url).toBe(`/v1/cases/${caseId}`);
    expect(response.headers.get("location")).toBe(url);
    const after = await holdings();
    const added = Object.fromEntries(
      Object.entries(after).map(([name, count]) => [name, count - (before[name] ?? 0)]),
    );
    expect(added).toEqual({
      "app.subject": 3,
      "app.verification": 3,
      "app.evidence": 4,
      "app.rendition": 3 * 5 + 2,
      "app.review_case": 1,
      "app.candidate": 2,
      "app.round": 1,
      "app.signal": 3,
      "sealed.matcher_run": 1,
      "sealed.score": 2,
      objects: 3 * 5 + 2,
    });
    const events = (await app.events("case.ingest")).filter((event) => event["case"] === caseId);
    expect(new Set(events.map((event) => event["subject"])).size).toBe(3);
    expect(events[0]).toMatchObject({ source: app.source.id, region: "VN", count: 2 });
  });

  test("keeps attributes and files unreadable without the account's key", async () => {
    const body = newBody();
    await app.sendCase(body, plainFiles(body));
    const { rows } = await app.superuser.query<{ all: string }>(
      `select string_agg(encode(v.attributes, 'escape') || encode(coalesce(e.face_box, ''), 'escape')
                         || encode(c.body_pointers, 'escape'), '') as all
       from app.verification v join app.evidence e on e.verification_id = v.id cross join app.review_case c`,
    );
    expect(rows[0]?.all).not.toMatch(/fullName|Nguy|passport|upright|evidence/);
    for await (const { id } of app.deps.objects.list()) {
      const bytes = await app.deps.objects.get(id);
      expect([...(bytes ?? [])].slice(0, 4)).not.toEqual([...plainPhoto()].slice(0, 4));
      expect(new TextDecoder("latin1").decode(bytes)).not.toMatch(/original|screen/);
    }
  });

  test("keeps scores on one scale from 0 to 100, apart from what the application may read", async () => {
    const base = newBody();
    const body = newBody(
      { matcher: { ...base.matcher, scoreScale: "0-1", threshold: 0.9 } },
      [0.972],
    );
    expect((await app.sendCase(body, plainFiles(body))).status).toBe(201);
    const { rows } = await app.superuser.query(
      `select s.similarity::float8, r.threshold::float8 from sealed.score s join sealed.matcher_run r on r.id = s.run_id
       join app.review_case c on c.id = r.case_id where c.external_id = $1`,
      [body.externalId],
    );
    expect(rows).toEqual([{ similarity: 97.2, threshold: 90 }]);
  });

  test("may have no candidates and no similarities, and instants of any offset", async () => {
    const bare = newBody({ candidates: [], flaggedAt: "2026-11-02T09:14:03+23:59" });
    expect((await app.sendCase(bare, plainFiles(bare))).status).toBe(201);
    const base = newBody();
    const undisclosed = newBody({
      matcher: { ...omit(base.matcher, "threshold"), scoreScale: "none" },
      candidates: base.candidates.map((each) => omit(each, "similarity")),
    });
    expect((await app.sendCase(undisclosed, plainFiles(undisclosed))).status).toBe(201);
  });

  test("adds to the accounts that are known, each still with its one key", async () => {
    const first = newBody();
    await app.sendCase(first, plainFiles(first));
    const again = newBody({ subject: first.subject });
    expect((await app.sendCase(again, plainFiles(again))).status).toBe(201);
    const { rows } = await app.superuser.query(
      `select count(distinct s.id)::int as accounts, count(v.id)::int as verifications
       from app.subject s join app.verification v on v.subject_id = s.id where s.external_id = $1`,
      [first.subject.externalId],
    );
    expect(rows).toEqual([{ accounts: 1, verifications: 2 }]);
  });
});

describe("a case sent again", () => {
  test("with the same body gives 200 and the same case, and changes nothing", async () => {
    const body = newBody();
    const first = takenSchema.parse(await (await app.sendCase(body, plainFiles(body))).json());
    const before = await holdings();
    // Key order is not part of a body.
    const reordered = JSON.stringify(Object.fromEntries(Object.entries(body).toReversed()));
    const response = await app.sendCase(reordered, plainFiles(body));
    expect(response.status).toBe(200);
    expect(takenSchema.parse(await response.json())).toEqual(first);
    expect(await holdings()).toEqual(before);
    expect((await app.events("case.repeat")).at(-1)).toMatchObject({ case: first.caseId });
  });

  test("with another body gives 409 and the pointers that differ, and no value of either", async () => {
    const body = newBody();
    await app.sendCase(body, plainFiles(body));
    const before = await holdings();
    const files = plainFiles(body);
    files.set("c1-id", plainPhoto(200));
    const changed: CaseBody = {
      ...body,
      priority: "urgent",
      subject: {
        ...body.subject,
        attributes: { ...body.subject.attributes, fullName: "Lê Văn B" },
      },
    };
    const response = await app.sendCase(changed, files);
    expect(response.status).toBe(409);
    const problem = await problemOf(response);
    expect(problem.errors.map((fault) => fault.pointer)).toEqual([
      "/candidates/0/evidence/0",
      "/priority",
      "/subject/attributes/fullName",
    ]);
    expect(JSON.stringify(problem)).not.toMatch(/Lê|Nguy|urgent|normal/);
    expect(await holdings()).toEqual(before);
  });

  test("twice at the same moment makes one case: one 201, the other 200", async () => {
    for (let round = 0; round < 5; round += 1) {
      const body = newBody();
      const before = await holdings();
      const responses = await Promise.all(
        [1, 2, 3].map(() => app.sendCase(body, plainFiles(body))),
      );
      const statuses = responses.map((response) => response.status);
      expect(statuses.toSorted((one, other) => one - other)).toEqual([200, 200, 201]);
      const ids = await Promise.all(
        responses.map(async (response) => takenSchema.parse(await response.json()).caseId),
      );
      expect(new Set(ids).size).toBe(1);
      const after = await holdings();
      expect(after["app.review_case"]).toBe((before["app.review_case"] ?? 0) + 1);
      expect(after["objects"]).toBe(after["app.rendition"]);
    }
  });

  test("by another source is another case, and names other accounts", async () => {
    const other = await app.addSource("second-market");
    const body = newBody();
    const first = takenSchema.parse(await (await app.sendCase(body, plainFiles(body))).json());
    const response = await app.sendCase(body, plainFiles(body), other.key);
    expect(response.status).toBe(201);
    expect(takenSchema.parse(await response.json()).caseId).not.toBe(first.caseId);
  });
});

test("cases that name the same accounts in another order, at the same moment, are all taken", async () => {
  for (let round = 0; round < 5; round += 1) {
    const base = newBody({}, [97, 96, 95, 94]);
    const bodies = [0, 1, 2, 3].map((turn) => {
      const candidates = [...base.candidates.slice(turn), ...base.candidates.slice(0, turn)];
      return newBody({ candidates });
    });
    const responses = await Promise.all(bodies.map((body) => app.sendCase(body, plainFiles(body))));
    expect(responses.map((response) => response.status)).toEqual([201, 201, 201, 201]);
  }
  const held = await holdings();
  expect(held["objects"]).toBe(held["app.rendition"]);
});

describe("nothing is half done", () => {
  test("where the disk fails: 500, no row, no object, and an event", async () => {
    const body = newBody();
    const before = await holdings();
    failing.put = true;
    const response = await app.sendCase(body, plainFiles(body));
    expect(response.status).toBe(500);
    expect(await problemOf(response)).toMatchObject({ detail: expect.stringContaining("Nothing") });
    expect(await holdings()).toEqual(before);
    expect((await app.events("case.refuse")).at(-1)).toMatchObject({ outcome: "error" });
    failing.put = false;
    expect((await app.sendCase(body, plainFiles(body))).status).toBe(201);
  });

  test("where the commit fails: the objects that were written are taken away again", async () => {
    await app.superuser.query(
      `create function app.fail_commit() returns trigger language plpgsql as $$ begin raise exception 'no' using errcode = '23514'; end $$;
       create constraint trigger fail_commit after insert on app.review_case deferrable initially deferred
         for each row execute function app.fail_commit()`,
    );
    const body = newBody();
    const before = await holdings();
    const response = await app.sendCase(body, plainFiles(body));
    expect(response.status).toBe(500);
    expect(await holdings()).toEqual(before);
    await app.superuser.query("drop trigger fail_commit on app.review_case");
    expect((await app.sendCase(body, plainFiles(body))).status).toBe(201);
  });

  test("where the log can't be written: 503 with Retry-After, for new cases and for repeats", async () => {
    const known = newBody();
    await app.sendCase(known, plainFiles(known));
    const body = newBody();
    const before = await holdings();
    for (const each of [body, known, newBody({ region: "nowhere" })]) {
      const response = await app.withoutLog(() => app.sendCase(each, plainFiles(each)));
      expect(response.status).toBe(503);
      expect(response.headers.get("retry-after")).toMatch(/^\d+$/);
      expect(JSON.stringify(await problemOf(response))).not.toContain("cas_");
    }
    expect(await holdings()).toEqual(before);
  });

  test("where an account was erased: 410, whether it is the probe's or a candidate's", async () => {
    const body = newBody();
    await app.sendCase(body, plainFiles(body));
    await app.superuser.query(
      "update app.subject set wrapped_key = null, erased_at = now() where external_id like $1",
      [`${body.externalId}-%`],
    );
    const before = await holdings();
    const again = await app.sendCase(body, plainFiles(body));
    expect(again.status).toBe(410);
    await problemOf(again);
    const other = newBody({ candidates: body.candidates });
    expect((await app.sendCase(other, plainFiles(other))).status).toBe(410);
    expect(await holdings()).toEqual(before);
  });
});

test("at most 4 cases are prepared at once, 32 wait, and further ones are told to come back", async () => {
  const door = Promise.withResolvers<void>();
  let inside = 0;
  let most = 0;
  await using busy = await createTestApp({
    replace: ({ media }) => ({
      media: {
        ...media,
        preparePhoto: async (input) => {
          inside += 1;
          most = Math.max(most, inside);
          await door.promise;
          const result = await media.preparePhoto(input);
          inside -= 1;
          return result;
        },
      },
    }),
  });
  const evidence: CaseBody["evidence"] = [{ ref: "id", kind: "id_photo" }];
  const bodies = Array.from({ length: 40 }, () => newBody({ candidates: [], evidence }));
  // Eight of each source, which is no more than one may have waiting.
  const sources = await Promise.all(["a", "b", "c", "d", "e"].map((name) => busy.addSource(name)));
  const answers = bodies.map((body, index) =>
    busy.sendCase(body, plainFiles(body), sources[index % sources.length]?.key),
  );
  const turnedAway = await Promise.race(answers);
  expect(turnedAway.status).toBe(503);
  expect(turnedAway.headers.get("retry-after")).toMatch(/^\d+$/);
  await expect.poll(() => inside).toBe(4);
  door.resolve();
  const statuses = (await Promise.all(answers)).map((response) => response.status);
  expect(statuses.filter((status) => status === 201)).toHaveLength(36);
  expect(statuses.filter((status) => status === 503)).toHaveLength(4);
  expect(most).toBe(4);
});

function omit<T extends object, K extends keyof T>(value: T, key: K): Omit<T, K> {
  const { [key]: _, ...rest } = value;
  return rest;
}

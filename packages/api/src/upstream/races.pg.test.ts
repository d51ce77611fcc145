import { claimSchema, claimWork, judge, sealAll, type Work } from "@secondlook/testkit/api/judge";
import type { Browser } from "@secondlook/testkit/api/browser";
import type { TestApp } from "@secondlook/testkit/api/test-app";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";
import { openApp, runBody, sendMessage, stateOf, takeCase } from "../../test-support/upstream.ts";

/** Each race is run so often; which of the two is first differs. */
const RUNS = 6;
const WITHDRAWAL = { by: "person", reason: "consent_withdrawn" };

let app: TestApp;
let ann: Browser;
beforeAll(async () => {
  app = await openApp();
  ann = await app.signIn("reviewer-1");
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
});

const courseSchema = z.object({
  stage: z.string(),
  cycle: z.int(),
  open: z.array(z.string()).nullable(),
  decisions: z.int(),
  standing: z.int(),
  seals: z.int(),
  updates: z.int(),
});

/** Where a case stands, and that it stands whole. */
async function wholeCourse(caseId: string): Promise<z.output<typeof courseSchema>> {
  const { rows } = await app.superuser.query(
    `select c.stage, c.cycle,
       (select array_agg(r.cycle || ' ' || r.round) from app.round r where r.case_id = c.id and r.state = 'open') as open,
       (select count(*)::int from app.decision d where d.case_id = c.id) as decisions,
       (select count(*)::int from app.decision d where d.case_id = c.id and d.undone_at is null) as standing,
       (select count(*)::int from app.rating g where g.case_id = c.id) as seals,
       (select count(*)::int from app.case_update u where u.case_id = c.id) as updates
     from app.review_case c where c.id = $1`,
    [caseId],
  );
  const course = courseSchema.parse(rows[0]);
  const due = ["first", "second", "adjudication"].includes(course.stage);
  expect(course.open ?? []).toEqual(due ? [`${course.cycle} ${course.stage}`] : []);
  const { rows: unpinned } = await app.superuser.query(
    `select 1 from app.round r join app.review_case c on c.id = r.case_id
     where r.holder is not null and (r.state <> 'open' or r.cycle <> c.cycle or c.policy_version is null)`,
  );
  expect(unpinned).toEqual([]);
  return course;
}

/** Ends whatever is left of a case, so that the next race has the queue to itself. */
async function clear(caseId: string): Promise<void> {
  await app.superuser.query(
    "update app.round set state = 'closed', holder = null, lease_kind = null where case_id = $1 and state = 'open'",
    [caseId],
  );
}

async function race(
  name: string,
  prepare: (caseId: string) => Promise<() => Promise<unknown>>,
  judgeIt: (caseId: string, course: z.output<typeof courseSchema>, mine: unknown) => void,
  message: "matcher-runs" | "withdrawal" = "matcher-runs",
): Promise<void> {
  for (let run = 0; run < RUNS; run += 1) {
    // Fewer than a source may send.
    await app.clock.pass({ seconds: 61 });
    const caseId = await takeCase(app, `${name}-${run}`);
    try {
      const act = await prepare(caseId);
      const body = message === "withdrawal" ? WITHDRAWAL : runBody([]).body;
      const [mine, sent] = await Promise.all([act(), sendMessage(app, caseId, message, body)]);
      expect([201, 409]).toContain(sent.status);
      judgeIt(caseId, await wholeCourse(caseId), mine);
    } finally {
      await clear(caseId);
    }
  }
  expect(app.errors).toEqual([]);
}

const answerOf = (mine: unknown) =>
  z.object({ status: z.number(), refusal: z.string().optional(), data: z.unknown() }).parse(mine);

test("a run and a claim: the claimed cycle is the one that is due, or the claim is told why not", async () => {
  await race(
    "claim",
    async () => async () => ann.call("queue.claimNext", {}),
    (_caseId, course, mine) => {
      expect(course).toMatchObject({ stage: "first", cycle: 2, updates: 1 });
      const { status, refusal, data } = answerOf(mine);
      // The run may come between the lease and the reading of the case.
      if (status !== 200) expect(refusal).toBe("lease_lost");
      else expect(claimSchema.safeParse(data).success).toBe(true);
    },
  );
});

test("a run and a decision: either it stands in the old cycle, or it is refused and nothing of it is there", async () => {
  const seen = new Set<string>();
  await race(
    "decide",
    async () => {
      const work = await claimWork(ann);
      await sealAll(ann, work, 3);
      await ann.call("judging.reveal", { caseId: work.caseId, fence: work.fence });
      return () => ann.call("decisions.submit", decisionOn(work));
    },
    (_caseId, course, mine) => {
      const { status, refusal } = answerOf(mine);
      seen.add(String(status));
      expect(course).toMatchObject({ stage: "first", cycle: 2, seals: 1 });
      expect(course.decisions).toBe(status === 200 ? 1 : 0);
      if (status !== 200) expect(refusal).toBe("lease_lost");
    },
  );
  expect(seen.size).toBeGreaterThan(0);
});

test("a run and a reveal: it tells of the old cycle's run, or nothing", async () => {
  await race(
    "reveal",
    async () => {
      const work = await claimWork(ann);
      await sealAll(ann, work, 3);
      return () => ann.call("judging.reveal", { caseId: work.caseId, fence: work.fence });
    },
    (_caseId, course, mine) => {
      expect(course).toMatchObject({ stage: "first", cycle: 2 });
      const { data, refusal } = z
        .object({ data: z.unknown(), refusal: z.string().optional() })
        .parse(mine);
      if (refusal === undefined) expect(data).toMatchObject({ machine: { modelVersion: "7.0" } });
      else expect(refusal).toBe("lease_lost");
    },
  );
});

test("a run and an undo: the case begins again, whether the decision was taken back before or stands", async () => {
  await race(
    "undo",
    async () => {
      const work = await claimWork(ann);
      const { decisionId } = await judge(ann, work, {
        outcome: "duplicate",
        reason: "same_face",
        rationale: "The ears.",
      });
      return () => ann.call("decisions.undo", { decisionId });
    },
    (_caseId, course, mine) => {
      const { status, refusal } = answerOf(mine);
      expect(course).toMatchObject({ stage: "first", cycle: 2, decisions: 1 });
      if (status !== 200) expect(["undo_too_late", "lease_lost"]).toContain(refusal);
      // Lost is the lease of a case that was taken back, between that and the answer.
      expect(course.standing).toBe(refusal === "undo_too_late" ? 1 : 0);
    },
  );
});

test("a withdrawal and a decision that settles: one of the two is told that it came too late", async () => {
  await race(
    "withdraw",
    async () => {
      const work = await claimWork(ann);
      await sealAll(ann, work, -3);
      await ann.call("judging.reveal", { caseId: work.caseId, fence: work.fence });
      return () => ann.call("decisions.submit", decisionOn(work, "distinct"));
    },
    (_caseId, course, mine) => {
      const { status } = answerOf(mine);
      expect(course).toMatchObject(
        status === 200
          ? { stage: "settled", decisions: 1, updates: 0 }
          : { stage: "withdrawn", decisions: 0, updates: 1 },
      );
    },
    "withdrawal",
  );
});

test("ten runs and a withdrawal at once: every one counts or is refused, and the case is whole", async () => {
  await app.clock.pass({ seconds: 61 });
  const caseId = await takeCase(app, "many");
  const all = await Promise.all([
    ...Array.from({ length: 7 }, () => sendMessage(app, caseId, "matcher-runs", runBody([]).body)),
    sendMessage(app, caseId, "withdrawal", WITHDRAWAL),
  ]);
  const taken = all.filter(({ status }) => status === 201).length;
  const course = await wholeCourse(caseId);
  expect(course).toMatchObject({ stage: "withdrawn", updates: taken, cycle: taken });
  expect(all.every(({ status }) => status === 201 || status === 409)).toBe(true);
  expect(await stateOf(app, caseId)).toMatchObject({ stage: "withdrawn" });
});

test("an erasure and a run: nothing is stored for an account whose key is gone", async () => {
  for (let run = 0; run < RUNS; run += 1) {
    await app.clock.pass({ seconds: 61 });
    const caseId = await takeCase(app, `erase-${run}`);
    const [sent] = await Promise.all([
      sendMessage(app, caseId, "matcher-runs", runBody([]).body),
      app.superuser.query(
        "update app.subject set wrapped_key = null, erased_at = clock_timestamp() where external_id = $1",
        [`erase-${run}-seller`],
      ),
    ]);
    expect([201, 410]).toContain(sent.status);
    const course = await wholeCourse(caseId);
    expect(course.updates).toBe(sent.status === 201 ? 1 : 0);
    await clear(caseId);
  }
  expect(app.errors).toEqual([]);
});

function decisionOn(work: Work, outcome: "duplicate" | "distinct" = "duplicate"): object {
  return {
    caseId: work.caseId,
    fence: work.fence,
    outcome,
    findings: work.candidates.map(({ candidateId }) => ({
      candidateId,
      finding: outcome === "duplicate" ? "same" : "different",
    })),
    reasons: [outcome === "duplicate" ? "same_face" : "different_face"],
    rationale: "The ears.",
    exemption: null,
    inconclusiveRoute: null,
    question: null,
  };
}

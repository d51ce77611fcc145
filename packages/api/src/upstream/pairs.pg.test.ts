import { rowsOf, run } from "@secondlook/db/database";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { type Desk, openDesk, type Scene } from "../../test-support/desk.ts";
import { claimed, sealAll, submissionOf, work } from "../../test-support/judge.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk[Symbol.asyncDispose]());

const DISTINCT = { outcome: "distinct", findings: "d" } as const;

/** A case of these accounts: the probe first. */
const caseOf = (probe: string, ...candidates: readonly string[]): Promise<Scene> =>
  desk.scene({
    probe: { externalId: probe },
    candidates: candidates.map((externalId) => ({ externalId })),
  });

/** Pairs that two cases under review compare at the same time. There must never be one. */
async function comparedTwice(): Promise<readonly unknown[]> {
  return rowsOf(
    desk.owner,
    z.looseObject({}),
    sql`select least(v.subject_id, k.subject_id) as low, greatest(v.subject_id, k.subject_id) as high
        from app.review_case c join app.verification v on v.id = c.probe_id
        join app.shown_candidate s on s.case_id = c.id and s.cycle = c.cycle join app.candidate k on k.id = s.candidate_id
        where c.stage in ('first', 'second', 'adjudication') or c.settles_at > app.now()
        group by 1, 2 having count(distinct c.id) > 1`,
  );
}

describe("two accounts that two cases would compare", () => {
  test("wait in the second case until the first is settled, whichever of them is the probe", async () => {
    const one = await caseOf("mirror-a", "mirror-b");
    const other = await caseOf("mirror-b", "mirror-a");
    const [ann, ben] = [await one.hire(), await other.hire()];
    const held = await claimed(one, ann);
    expect(await other.claim(ben)).toBeUndefined();
    const [candidate] = one.candidates;
    if (candidate === undefined) throw new Error("no candidate");
    await sealAll(desk, ann, held, [[candidate.candidateId, -2]]);
    const { decisionId } = await desk.as(ann).decisions.submit(submissionOf(one, held, DISTINCT));

    // While the decision can be undone the pair is still compared there; and after an undo as well.
    await desk.advance(9);
    await desk.as(ann).decisions.undo({ decisionId });
    await desk.advance(60);
    expect(await other.claim(ben)).toBeUndefined();
    const again = await desk.as(ann).queue.claimNext({});
    if (again.state !== "work") throw new Error("the case is gone");
    const { fence } = again.active;
    await desk.as(ann).decisions.submit(submissionOf(one, { ...held, fence }, DISTINCT));
    await desk.advance(60);
    expect(await other.claim(ben)).toMatchObject({ caseId: other.caseId });
    expect(await comparedTwice()).toEqual([]);
  });

  test("can be claimed at the very moment at which the first can't be undone any more", async () => {
    const one = await caseOf("moment-a", "moment-b");
    const other = await caseOf("moment-a", "moment-b");
    await work(desk, one, await one.hire(), DISTINCT);
    const ben = await other.hire();
    expect(await other.claim(ben)).toBeUndefined();
    await desk.advance(9.999);
    expect(await other.claim(ben)).toBeUndefined();
    await desk.advance(0.001);
    expect(await other.claim(ben)).toMatchObject({ caseId: other.caseId });
  });

  test("keep the whole case waiting: none of its pairs is taken, and none of its candidates shown", async () => {
    const one = await caseOf("whole-a", "whole-b");
    const many = await caseOf("whole-a", "whole-c", "whole-b", "whole-d");
    const third = await caseOf("whole-d", "whole-a");
    await claimed(one, await one.hire());
    expect(await many.claim(await many.hire())).toBeUndefined();
    const rows = await rowsOf(
      desk.owner,
      z.looseObject({}),
      sql`select c.policy_version, r.holder, r.fence::int from app.review_case c join app.round r on r.case_id = c.id
          where c.id = ${many.caseId} and not exists (select from app.shown_candidate s where s.case_id = c.id)
            and not exists (select from app.pair_review p where p.case_id = c.id)`,
    );
    expect(rows).toEqual([{ policy_version: null, holder: null, fence: 0 }]);
    // So nothing that it waits with is in anybody's way.
    expect(await third.claim(await third.hire())).toMatchObject({ caseId: third.caseId });
  });

  test("leave the reviewer other work, and the case comes first again once it may", async () => {
    const one = await caseOf("next-a", "next-b");
    const other = await caseOf("next-a", "next-b");
    const ann = await one.hire();
    await claimed(one, ann);
    const ben = await other.hire();
    await run(
      desk.owner,
      sql`update app.staff set skills = skills || (select t.skills from app.round r join app.route t on t.id = r.route_id
            where r.case_id = ${one.caseId}) where id = ${ben.id}`,
    );
    expect(await desk.as(ben).queue.claimNext({})).toMatchObject({ state: "empty" });
    await desk.as(ann).queue.pause();
    const given = await desk.as(ben).queue.claimNext({});
    expect(given).toMatchObject({ state: "work", active: { caseId: one.caseId }, reserved: null });
  });

  test("are free as soon as upstream withdraws the case, or begins it again without them", async () => {
    const one = await caseOf("free-a", "free-b");
    const other = await caseOf("free-a", "free-b");
    await claimed(one, await one.hire());
    const ben = await other.hire();
    expect(await other.claim(ben)).toBeUndefined();
    await run(
      desk.owner,
      sql`update app.round set state = 'closed', holder = null, lease_kind = null where case_id = ${one.caseId}`,
    );
    await run(
      desk.owner,
      sql`update app.review_case set stage = 'withdrawn' where id = ${one.caseId}`,
    );
    await desk.advance(60);
    expect(await other.claim(ben)).toMatchObject({ caseId: other.caseId });
  });

  test("are given to one case only, however many claim at once", async () => {
    const pairs = Array.from({ length: 8 }, (_, index) => [`crowd-${index}-a`, `crowd-${index}-b`]);
    const scenes: Scene[] = [];
    for (const [one = "", other = ""] of pairs) {
      scenes.push(await caseOf(one, other), await caseOf(other, one), await caseOf(one, other));
    }
    const staff = await Promise.all(scenes.map((scene) => scene.hire()));
    const claims = await Promise.all(
      scenes.map((scene, index) => {
        const person = staff[index];
        if (person === undefined) throw new Error("nobody was hired");
        return scene.claim(person);
      }),
    );
    expect(await comparedTwice()).toEqual([]);
    // Of each three at most one; and nobody had to wait for a lock for so long that none got it.
    const won = pairs.map(
      (_, index) => claims.slice(index * 3, index * 3 + 3).filter(Boolean).length,
    );
    expect(won.every((count) => count <= 1)).toBe(true);
    expect(won.filter((count) => count === 1).length).toBeGreaterThan(0);
    await desk.advance(60);
    for (const [index, scene] of scenes.entries()) {
      const person = staff[index];
      if (person !== undefined && claims[index] === undefined) await scene.claim(person);
    }
    expect(await comparedTwice()).toEqual([]);
    const held = await rowsOf(
      desk.owner,
      z.looseObject({}),
      sql`select from app.pair_review p join app.subject s on s.id = p.low where s.external_id like 'crowd-%'`,
    );
    expect(held).toHaveLength(pairs.length);
  });
});

test("the database itself refuses a pair twice, and a candidate that is the probe's own account", async () => {
  const scene = await caseOf("db-a", "db-b");
  await claimed(scene, await scene.hire());
  const again = sql`insert into app.pair_review select low, high, case_id, cycle from app.pair_review where case_id = ${scene.caseId}`;
  await expect(run(desk.app, again)).rejects.toMatchObject({ cause: { code: "23505" } });
  const own = sql`insert into app.candidate (id, case_id, verification_id, subject_id, run_id)
    select 'cnd_own', id, probe_id, ${scene.probeSubjectId}, 'run_own' from app.review_case where id = ${scene.caseId}`;
  await expect(run(desk.app, own)).rejects.toMatchObject({ cause: { code: "SL009" } });
});

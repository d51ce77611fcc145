import { run } from "@secondlook/db/database";
import { POLICY_V1 } from "@secondlook/domain/policy/policy-v1";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import type { z } from "zod";
import { type Desk, openDesk } from "../../test-support/desk.ts";
import { refusalOf } from "../../test-support/judge.ts";
import { createTeam, type Team } from "../../test-support/team.ts";
import type { Staff } from "../core/context.ts";
import type { routeInput } from "../schemas/routing.ts";

type Route = z.input<typeof routeInput>;
type RoutedCase = Route["cases"][number];

const LIST = { region: null, age: null, due: null, order: "priority", cursor: null } as const;

let desk: Desk;
let team: Team;
let lead: Staff;
let ann: Staff;
let bob: Staff;
beforeAll(async () => {
  desk = await openDesk();
});
beforeEach(async () => {
  await run(
    desk.owner,
    sql`update app.round set state = 'closed', holder = null, lease_kind = null`,
  );
  team = await createTeam(desk);
  lead = await team.hire("lead");
  ann = await team.hire();
  bob = await team.hire();
});
afterAll(() => desk[Symbol.asyncDispose]());

const free = (caseId: RoutedCase["caseId"]): RoutedCase => ({
  caseId,
  priority: "normal",
  held: false,
  kept: false,
});
const held = (caseId: RoutedCase["caseId"]): RoutedCase => ({ ...free(caseId), held: true });

async function route(act: Route["act"], cases: readonly RoutedCase[], by = lead) {
  const { results } = await desk.as(by).queue.route({ act, reason: "workload", cases: [...cases] });
  return results.map(({ result }) => result);
}
const give = (to: Staff, cases: readonly RoutedCase[], by = lead) =>
  route({ kind: "assign", to: to.id, minutes: 60 }, cases, by);

const nextOf = async (staff: Staff) => {
  const found = await desk.as(staff).queue.claimNext({});
  return found.state === "work" ? found.active.caseId : found.reason;
};

describe("a case kept for somebody", () => {
  test("comes to them next, before what is due sooner, and to nobody else until its time is over", async () => {
    await team.arrive();
    const { caseId } = await team.arrive();
    expect(await give(bob, [free(caseId)])).toEqual(["done"]);
    expect(await nextOf(ann)).not.toBe(caseId);
    expect(await nextOf(bob)).toBe(caseId);
    expect((await desk.leaves("case.claim")).at(-1)).toMatchObject({
      case: caseId,
      reason: "given",
    });
  });

  test("is everybody's again afterwards", async () => {
    const { caseId } = await team.arrive();
    await give(bob, [free(caseId)]);
    expect(await nextOf(ann)).not.toBe(caseId);
    await desk.advance(60 * 60);
    expect(await nextOf(ann)).toBe(caseId);
  });

  test("is given once: who passes it on does not get it again", async () => {
    const { caseId } = await team.arrive();
    await give(bob, [free(caseId)]);
    const { active } = await team.next(bob);
    const until = new Date(desk.now().getTime() + 86_400_000).toISOString();
    const lease = { caseId, fence: active.fence };
    await desk.as(bob).queue.release({ ...lease, reason: "snooze", until });
    expect(await nextOf(bob)).not.toBe(caseId);
  });

  test("is pinned to the policy in force and its candidates shown, as any first claim does", async () => {
    const { caseId } = await team.arrive({ candidates: [{}, {}] });
    await give(bob, [free(caseId)]);
    const { active } = await team.next(bob);
    expect(active.candidates).toHaveLength(2);
  });

  test("goes from who works on it, who is told, and whose writes are refused", async () => {
    const { caseId } = await team.arrive();
    const { active } = await team.next(ann);
    expect(await give(bob, [held(caseId)])).toEqual(["done"]);
    const lease = { caseId, fence: active.fence };
    expect(await desk.as(ann).queue.heartbeat({ leases: [lease], active: true })).toEqual({
      leases: [{ state: "lost", caseId, free: false, why: "given_to_another" }],
    });
    const late = desk.as(ann).queue.release({ ...lease, reason: "skip", until: null });
    expect(await refusalOf(late)).toBe("lease_lost");
    expect(await nextOf(bob)).toBe(caseId);
    expect((await desk.leaves("case.cancel")).at(-1)).toMatchObject({
      user: ann.id,
      reason: "given_to_another",
      fence: active.fence,
    });
    expect((await desk.leaves("case.route")).at(-1)).toMatchObject({
      case: caseId,
      user: bob.id,
      method: "assign",
      reason: "workload",
    });
  });

  test("waits for the undo of the decision before it, and goes with it", async () => {
    const { caseId } = await team.arrive({ round: "second", decidedBy: { first: ann.id } });
    await run(
      desk.owner,
      sql`update app.round set claimable_at = app.now() + interval '10 s', waiting_since = app.now() + interval '10 s'
          where case_id = ${caseId} and state = 'open'`,
    );
    await give(bob, [free(caseId)]);
    expect(await nextOf(bob)).not.toBe(caseId);
    await desk.advance(10);
    expect(await nextOf(bob)).toBe(caseId);
  });

  test("is put back by nobody who may still judge it: they are not told that it is kept", async () => {
    const other = await team.hire("lead");
    const { caseId } = await team.arrive();
    await give(bob, [free(caseId)]);
    const [row] = (await desk.as(other).queue.overview(LIST)).rows;
    expect(row).toMatchObject({ caseId, keptFor: null, heldBy: null });
    expect(await route({ kind: "put_back" }, [free(caseId)], other)).toEqual(["changed"]);
    const rows = (await desk.as(lead).queue.overview(LIST)).rows;
    expect(rows).toContainEqual(
      expect.objectContaining({ caseId, keptFor: expect.objectContaining({}) }),
    );
  });

  test("is put back for everybody, once", async () => {
    const { caseId } = await team.arrive();
    await give(bob, [free(caseId)]);
    expect(await route({ kind: "put_back" }, [free(caseId)])).toEqual(["done"]);
    expect(await route({ kind: "put_back" }, [free(caseId)])).toEqual(["changed"]);
    expect(await nextOf(ann)).toBe(caseId);
    expect(await nextOf(bob)).not.toBe(caseId);
  });
});

describe("whoever gives a case to somebody", () => {
  test("never judges it, and so may be told who can't", async () => {
    const { caseId } = await team.arrive({ round: "second", decidedBy: { first: ann.id } });
    expect(await give(ann, [free(caseId)])).toEqual(["not_eligible"]);
    expect((await desk.leaves("case.route")).at(-1)).toMatchObject({
      outcome: "denied",
      user: ann.id,
    });
    expect(await nextOf(lead)).not.toBe(caseId);
    expect(await nextOf(ann)).not.toBe(caseId);
    expect(await nextOf(bob)).toBe(caseId);
  });

  test("is not the one it is given to, nor judging it", async () => {
    const { caseId } = await team.arrive();
    expect(await refusalOf(give(lead, [free(caseId)]))).toBe("invalid_input");
    await team.next(lead);
    expect(await give(bob, [held(caseId)])).toEqual(["yours"]);
    expect(await route({ kind: "release" }, [held(caseId)])).toEqual(["yours"]);
  });

  test("gives nothing to who has another region, language or skill, or may not review", async () => {
    const stranger = await (await createTeam(desk)).hire();
    const auditor = await team.hire("auditor");
    const { caseId } = await team.arrive();
    expect(await give(stranger, [free(caseId)])).toEqual(["not_eligible"]);
    expect(await give(auditor, [free(caseId)])).toEqual(["not_eligible"]);
  });

  test("hands adjudications to leads alone", async () => {
    const other = await team.hire("lead");
    const { caseId } = await team.arrive({ round: "adjudication" });
    expect(await give(ann, [free(caseId)])).toEqual(["not_eligible"]);
    expect(await give(other, [free(caseId)])).toEqual(["done"]);
    expect(await nextOf(other)).toBe(caseId);
  });

  test("leaves alone what is not as the list showed it, and has given up judging it all the same", async () => {
    const { caseId } = await team.arrive();
    await team.next(ann);
    expect(await give(bob, [free(caseId)])).toEqual(["changed"]);
    expect((await desk.leaves("case.route")).at(-1)).toMatchObject({
      case: caseId,
      outcome: "denied",
    });
    await desk.as(ann).queue.pause();
    expect(await nextOf(lead)).not.toBe(caseId);
  });

  test("is one of two at once: the slower is told that it is another's", async () => {
    const other = await team.hire("lead");
    const { caseId } = await team.arrive();
    const both = await Promise.all([give(ann, [free(caseId)]), give(bob, [free(caseId)], other)]);
    expect(both.flat().toSorted()).toEqual(["changed", "done"]);
    expect(await give(bob, [{ ...free(caseId), kept: true }])).toEqual(["done"]);
    expect(await nextOf(bob)).toBe(caseId);
  });

  test("finds a lease that had run out, and the log tells that", async () => {
    const { caseId } = await team.arrive();
    await team.next(ann);
    await desk.advance(600);
    expect(await give(bob, [free(caseId)])).toEqual(["done"]);
    expect((await desk.leaves("case.expire")).at(-1)).toMatchObject({
      case: caseId,
      user: ann.id,
    });
  });
});

describe("a lease that a lead ends", () => {
  test("is free for everybody, and its holder may take it again", async () => {
    const { caseId } = await team.arrive();
    const { active } = await team.next(ann);
    expect(await route({ kind: "release" }, [held(caseId)])).toEqual(["done"]);
    const lease = { caseId, fence: active.fence };
    expect(await desk.as(ann).queue.heartbeat({ leases: [lease], active: true })).toMatchObject({
      leases: [{ state: "lost", why: "released_by_lead" }],
    });
    expect(await nextOf(bob)).toBe(caseId);
  });

  test("tells a lead who may still judge the case nothing: they may claim it as any other", async () => {
    const { caseId } = await team.arrive();
    await team.next(ann);
    await route({ kind: "release" }, [held(caseId)]);
    expect(await nextOf(lead)).toBe(caseId);
  });

  test("is there to be ended: nobody is told of what is kept ready", async () => {
    await team.arrive();
    const second = await team.arrive();
    await team.next(ann);
    expect(await route({ kind: "release" }, [held(second.caseId)])).toEqual(["changed"]);
  });
});

describe("a priority", () => {
  test("changes order and due time, by what policy gives it", async () => {
    await team.arrive();
    const { caseId } = await team.arrive();
    const due = async () => {
      const { rows } = await desk.as(lead).queue.overview(LIST);
      return Date.parse(rows.find((row) => row.caseId === caseId)?.dueAt ?? "");
    };
    const before = await due();
    expect(await route({ kind: "priority", to: "urgent" }, [free(caseId)])).toEqual(["done"]);
    const { normal, urgent } = POLICY_V1.base.slaMinutes;
    expect(before - (await due())).toBe((normal - urgent) * 60_000);
    expect(await nextOf(ann)).toBe(caseId);
    expect((await desk.leaves("case.route")).at(-1)).toMatchObject({ method: "priority.urgent" });
  });

  test("is changed by the faster of two leads, for many cases each for itself", async () => {
    const other = await team.hire("lead");
    const cases = [free((await team.arrive()).caseId), free((await team.arrive()).caseId)];
    const both = await Promise.all([
      route({ kind: "priority", to: "urgent" }, cases),
      route({ kind: "priority", to: "low" }, cases.toReversed(), other),
    ]);
    expect(both.flat().toSorted()).toEqual(["changed", "changed", "done", "done"]);
  });

  test("can be put back, with the due time as it was", async () => {
    const { caseId } = await team.arrive();
    const due = async () => (await desk.as(lead).queue.overview(LIST)).rows.map((row) => row.dueAt);
    const before = await due();
    await route({ kind: "priority", to: "high" }, [free(caseId)]);
    await route({ kind: "priority", to: "normal" }, [{ ...free(caseId), priority: "high" }]);
    expect(await due()).toEqual(before);
  });
});

test("who has a case and who is given it never both hold it, whoever is first", async () => {
  for (let turn = 0; turn < 10; turn += 1) {
    const { caseId } = await team.arrive();
    const { active } = await team.next(ann);
    const lease = { caseId, fence: active.fence };
    const candidateId = active.candidates[0]?.candidateId ?? "cnd_none";
    const look = () => desk.as(ann).judging.openCandidate({ ...lease, candidateId });
    const [written] = await Promise.all([refusalOf(look()), give(bob, [held(caseId)])]);
    expect(["allowed", "lease_lost"]).toContain(written);
    expect(await nextOf(bob)).toBe(caseId);
    expect(await refusalOf(look())).toBe("lease_lost");
    await desk.as(bob).queue.pause();
    await desk.as(ann).queue.pause();
    await run(desk.owner, sql`update app.round set state = 'closed' where case_id = ${caseId}`);
  }
});

test("a case named twice, too many, or none are refused", async () => {
  const { caseId } = await team.arrive();
  for (const cases of [[], [free(caseId), free(caseId)]]) {
    await expect(route({ kind: "release" }, cases)).rejects.toThrow(/cases/);
  }
});

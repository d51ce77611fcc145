import { rowsOf, run } from "@secondlook/db/database";
import { POLICY_V1 } from "@secondlook/domain/policy/policy-v1";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { type Desk, openDesk } from "../../test-support/desk.ts";
import { judgementOf, refusalOf } from "../../test-support/judge.ts";
import { createTeam } from "../../test-support/team.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk[Symbol.asyncDispose]());

function leaseOf(lease: { caseId: `cas_${string}`; fence: number }) {
  return { caseId: lease.caseId, fence: lease.fence };
}

const later = (seconds: number) => new Date(desk.now().getTime() + seconds * 1000).toISOString();

describe("the heartbeat", () => {
  test("renews the case one works on and the one kept ready, each by its number", async () => {
    const team = await createTeam(desk);
    const ann = await team.hire();
    await team.arrive();
    await team.arrive();
    const { active, reserved } = await team.next(ann);
    await desk.advance(100);
    const leases = [leaseOf(active), leaseOf(reserved ?? active)];
    const beat = await desk.as(ann).queue.heartbeat({ leases, active: true });
    expect(beat.leases).toEqual([
      {
        state: "held",
        caseId: active.caseId,
        leaseUntil: later(120),
        hardUntil: active.hardUntil,
      },
      { state: "held", caseId: reserved?.caseId, leaseUntil: later(120), hardUntil: null },
    ]);
  });

  test("a case kept ready with none open before it runs out", async () => {
    const team = await createTeam(desk);
    const ann = await team.hire();
    await team.arrive();
    await team.arrive();
    const { active, reserved } = await team.next(ann);
    const kept = leaseOf(reserved ?? active);
    await desk.as(ann).queue.release({ ...leaseOf(active), reason: "skip", until: null });
    await desk.advance(119);
    const still = await desk.as(ann).queue.heartbeat({ leases: [kept], active: true });
    expect(still.leases).toMatchObject([{ state: "held", leaseUntil: later(1) }]);
    await desk.advance(1);
    const gone = await desk.as(ann).queue.heartbeat({ leases: [kept], active: true });
    expect(gone.leases).toMatchObject([{ state: "lost" }]);
  });

  test("where the case kept ready ran out behind the open one, another is kept ready", async () => {
    const team = await createTeam(desk);
    const ann = await team.hire();
    await team.arrive();
    const kept = await team.arrive();
    const { active } = await team.next(ann);
    await desk.advance(100);
    await desk.as(ann).queue.heartbeat({ leases: [leaseOf(active)], active: true });
    await desk.advance(100);
    const urgent = await team.arrive({ priority: "urgent" });
    const again = await team.next(ann);
    expect(again.active).toMatchObject(leaseOf(active));
    expect(again.reserved?.caseId).toBe(urgent.caseId);
    const expired = (await desk.leaves("case.expire")).map((leaf) => leaf.case);
    expect(expired).toContain(kept.caseId);
  });

  test("no heartbeat carries a case past its hard end", async () => {
    const team = await createTeam(desk);
    const ann = await team.hire();
    await team.arrive();
    const { active } = await team.next(ann);
    const beat = () => desk.as(ann).queue.heartbeat({ leases: [leaseOf(active)], active: true });
    for (let minute = 1; minute < 30; minute++) {
      await desk.advance(60);
      expect((await beat()).leases).toMatchObject([{ state: "held", hardUntil: active.hardUntil }]);
    }
    await desk.advance(60);
    expect((await beat()).leases).toEqual([
      { state: "lost", caseId: active.caseId, free: true, why: null },
    ]);
  });

  test("an old number renews nothing, even for the one who holds the case under a new one", async () => {
    const team = await createTeam(desk);
    const ann = await team.hire();
    await team.arrive();
    const old = (await team.next(ann)).active;
    await desk.advance(120);
    const { active } = await team.next(ann);
    expect(active.caseId).toBe(old.caseId);
    const beat = await desk.as(ann).queue.heartbeat({ leases: [leaseOf(old)], active: true });
    expect(beat.leases).toEqual([{ state: "lost", caseId: old.caseId, free: false, why: null }]);
    const judgement = judgementOf(2);
    const candidateId = active.candidates[0]?.candidateId ?? "cnd_0";
    const seal = desk.as(ann).judging.seal({ ...leaseOf(old), candidateId, judgement });
    await expect(refusalOf(seal)).resolves.toBe("lease_lost");
  });

  test("activity is noted by the minute, where policy has it measured and the person is active", async () => {
    const team = await createTeam(desk);
    const ann = await team.hire();
    await team.arrive({ region: "VN" });
    const { active } = await team.next(ann);
    const leases = [leaseOf(active)];
    const start = Math.ceil(desk.now().getTime() / 60_000) * 60_000;
    await desk.advance((start - desk.now().getTime()) / 1000);
    await desk.as(ann).queue.heartbeat({ leases, active: false });
    expect(await minutesOf(ann.id)).toEqual([]);
    await desk.as(ann).queue.heartbeat({ leases, active: true });
    await desk.advance(20);
    await desk.as(ann).queue.heartbeat({ leases, active: true });
    await desk.advance(45);
    await desk.as(ann).queue.heartbeat({ leases, active: true });
    expect(await minutesOf(ann.id)).toEqual([start, start + 60_000]);

    await run(
      desk.owner,
      sql`insert into app.policy (version, document, author, approver, starts_at)
          values (7, ${JSON.stringify({ ...POLICY_V1, regions: { DE: { measureActivity: false } } })}::jsonb, 'a', 'b', app.now())`,
    );
    const ben = await team.hire();
    const { caseId } = await team.arrive({ region: "DE", priority: "urgent" });
    const unmeasured = (await team.next(ben)).active;
    expect(unmeasured.caseId).toBe(caseId);
    await desk.as(ben).queue.heartbeat({ leases: [leaseOf(unmeasured)], active: true });
    expect(await minutesOf(ben.id)).toEqual([]);
    await run(desk.owner, sql`update app.policy set starts_at = 'infinity' where version = 7`);
  });
});

describe("a lost case", () => {
  test("is taken back under a new number while nobody has it", async () => {
    const team = await createTeam(desk);
    const ann = await team.hire();
    await team.arrive();
    const { active } = await team.next(ann);
    await desk.advance(120);
    const result = await desk.as(ann).queue.retake({ caseId: active.caseId });
    expect(result).toMatchObject({ state: "work", active: { caseId: active.caseId } });
    expect(result.state === "work" && result.active.fence).toBeGreaterThan(active.fence);
    const events = await desk.leaves("case.expire", "case.claim", "case.open");
    const own = events.filter((leaf) => leaf.case === active.caseId);
    expect(own.map((leaf) => leaf.kind)).toEqual([
      "case.claim",
      "case.open",
      "case.expire",
      "case.claim",
      "case.open",
    ]);
    expect(own[3]).toMatchObject({ reason: "retake" });
  });

  test("is not taken back from the one who has it now, nor told who that is", async () => {
    const team = await createTeam(desk);
    const [ann, ben] = [await team.hire(), await team.hire()];
    await team.arrive();
    const lost = (await team.next(ann)).active;
    await desk.advance(120);
    await team.next(ben);
    const beat = await desk.as(ann).queue.heartbeat({ leases: [leaseOf(lost)], active: true });
    expect(beat).toEqual({
      leases: [{ state: "lost", caseId: lost.caseId, free: false, why: null }],
    });
    const call = desk.as(ann).queue.retake({ caseId: lost.caseId });
    await expect(refusalOf(call)).resolves.toBe("lease_lost");
  });

  test("taking back is no way of picking: a case that one never had is refused", async () => {
    const team = await createTeam(desk);
    const ann = await team.hire();
    const { caseId } = await team.arrive();
    await expect(refusalOf(desk.as(ann).queue.retake({ caseId }))).resolves.toBe("lease_lost");
  });

  test("can be taken back after another gave it up, by the one who had looked at it", async () => {
    const team = await createTeam(desk);
    const [ann, ben] = [await team.hire(), await team.hire()];
    await team.arrive();
    const { active } = await team.next(ann);
    const candidateId = active.candidates[0]?.candidateId ?? "cnd_0";
    await desk.as(ann).judging.openCandidate({ ...leaseOf(active), candidateId });
    await desk.advance(120);
    const other = (await team.next(ben)).active;
    await desk.as(ben).queue.release({ ...leaseOf(other), reason: "language", until: null });
    const result = await desk.as(ann).queue.retake({ caseId: active.caseId });
    expect(result).toMatchObject({ state: "work", active: { caseId: active.caseId } });
  });

  test("is not taken back over another case that is open", async () => {
    const team = await createTeam(desk);
    const ann = await team.hire();
    await team.arrive();
    const lost = (await team.next(ann)).active;
    await desk.advance(120);
    await team.arrive({ priority: "urgent" });
    expect((await team.next(ann)).active.caseId).not.toBe(lost.caseId);
    await desk.advance(1);
    const call = desk.as(ann).queue.retake({ caseId: lost.caseId });
    await expect(refusalOf(call)).resolves.toBe("conflict");
  });
});

describe("whoever may not work a round any more", () => {
  const become = async (staff: { id: string }, change: "reviewer" | "auditor" | "closed") =>
    run(
      desk.owner,
      change === "closed"
        ? sql`update app.staff set disabled_at = app.now() where id = ${staff.id}`
        : sql`update app.staff set role = ${change} where id = ${staff.id}`,
    );
  const adjudicating = async () => {
    const team = await createTeam(desk);
    const lead = await team.hire("lead");
    await team.arrive({ round: "adjudication" });
    await team.arrive({ round: "adjudication" });
    return { team, lead, ...(await team.next(lead)) };
  };

  test.each(["reviewer", "auditor", "closed"] as const)(
    "%s: neither works on an adjudication nor keeps it",
    async (change) => {
      const { lead, active, reserved } = await adjudicating();
      await become(lead, change);
      const candidateId = active.candidates[0]?.candidateId ?? "cnd_0";
      const { judging, queue } = desk.as(lead);
      const open = judging.openCandidate({ ...leaseOf(active), candidateId });
      await expect(refusalOf(open)).resolves.toBe("lease_lost");
      const names = judging.attributes({ ...leaseOf(active), candidateId });
      await expect(refusalOf(names)).resolves.toBe("lease_lost");
      const leases = [leaseOf(active), leaseOf(reserved ?? active)];
      const beat = await queue.heartbeat({ leases, active: true });
      expect(beat.leases.map(({ state }) => state)).toEqual(["lost", "lost"]);
    },
  );

  test("who is a reviewer now gives both back with the next claim, and gets what is theirs", async () => {
    const { team, lead, active, reserved } = await adjudicating();
    const first = await team.arrive();
    await become(lead, "reviewer");
    expect((await team.next({ ...lead, role: "reviewer" })).active.caseId).toBe(first.caseId);
    const other = await team.hire("lead");
    const given = await team.next(other);
    expect(new Set([given.active.caseId, given.reserved?.caseId])).toEqual(
      new Set([active.caseId, reserved?.caseId]),
    );
  });

  test("a case kept ready is not opened by them, nor given back twice", async () => {
    const { team, lead, active } = await adjudicating();
    await desk.as(lead).queue.release({ ...leaseOf(active), reason: "skip", until: null });
    await become(lead, "reviewer");
    const call = desk.as({ ...lead, role: "reviewer" }).queue.claimNext({});
    await expect(call).resolves.toMatchObject({ state: "empty" });
    expect((await team.next(await team.hire("lead"))).reserved).not.toBeNull();
  });
});

async function minutesOf(staffId: string): Promise<number[]> {
  const rows = await rowsOf(
    desk.owner,
    z.object({ minute: z.coerce.date() }),
    sql`select minute from app.active_minute where staff_id = ${staffId} order by minute`,
  );
  return rows.map((row) => row.minute.getTime());
}

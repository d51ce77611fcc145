import { rowOf } from "@secondlook/db/database";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";
import { type Desk, openDesk } from "../../test-support/desk.ts";
import { refusalOf } from "../../test-support/judge.ts";
import { createTeam } from "../../test-support/team.ts";

let desk: Desk;
beforeAll(async () => {
  desk = await openDesk();
});
afterAll(() => desk[Symbol.asyncDispose]());

function leaseOf(lease: { caseId: `cas_${string}`; fence: number }) {
  return { caseId: lease.caseId, fence: lease.fence };
}

const MINUTE = 60;
const DAY = 24 * 60 * MINUTE;
const later = (seconds: number) => new Date(desk.now().getTime() + seconds * 1000).toISOString();

describe("a case that is given back", () => {
  test.each(["skip", "language", "distressing", "conflict_of_interest"] as const)(
    "%s: goes to somebody else at once, and not back to the same person",
    async (reason) => {
      const team = await createTeam(desk);
      const [ann, ben] = [await team.hire(), await team.hire()];
      await team.arrive();
      const { active } = await team.next(ann);
      await desk.as(ann).queue.release({ ...leaseOf(active), reason, until: null });
      await expect(desk.as(ann).queue.claimNext({})).resolves.toMatchObject({ state: "empty" });
      expect((await team.next(ben)).active.caseId).toBe(active.caseId);
    },
  );

  test("a skipped case returns after half an hour, which the empty queue says", async () => {
    const team = await createTeam(desk);
    const ann = await team.hire();
    await team.arrive();
    const { active } = await team.next(ann);
    const nextAt = later(30 * MINUTE);
    await desk.as(ann).queue.release({ ...leaseOf(active), reason: "skip", until: null });
    const empty = { state: "empty", reason: "snoozed", nextAt };
    await expect(desk.as(ann).queue.claimNext({})).resolves.toEqual(empty);
    await desk.advance(30 * MINUTE);
    expect((await team.next(ann)).active.caseId).toBe(active.caseId);
  });

  test.each(["language", "distressing", "conflict_of_interest"] as const)(
    "%s: does not come back after a month either",
    async (reason) => {
      const team = await createTeam(desk);
      const ann = await team.hire();
      await team.arrive();
      const { active } = await team.next(ann);
      await desk.as(ann).queue.release({ ...leaseOf(active), reason, until: null });
      await desk.advance(31 * DAY);
      const empty = { state: "empty", reason: "only_cases_you_judged", nextAt: null };
      await expect(desk.as(ann).queue.claimNext({})).resolves.toEqual(empty);
    },
  );

  test("a conflict of interest keeps one from every later round of the case", async () => {
    const team = await createTeam(desk);
    const ann = await team.hire();
    await team.arrive();
    const { active } = await team.next(ann);
    const reason = "conflict_of_interest";
    await desk.as(ann).queue.release({ ...leaseOf(active), reason, until: null });
    const involvement = await rowOf(
      desk.owner,
      z.looseObject({}),
      sql`select round, how from app.involvement where case_id = ${active.caseId} and staff_id = ${ann.id}`,
    );
    expect(involvement).toEqual({ round: "any", how: "conflict" });
  });

  test("a snoozed case waits for everybody until then, at most a week", async () => {
    const team = await createTeam(desk);
    const [ann, ben] = [await team.hire(), await team.hire()];
    await team.arrive();
    const { active } = await team.next(ann);
    const reason = "snooze";
    const nextAt = later(7 * DAY);
    await desk.as(ann).queue.release({ ...leaseOf(active), reason, until: later(20 * DAY) });
    for (const person of [ann, ben]) {
      const empty = { state: "empty", reason: "snoozed", nextAt };
      await expect(desk.as(person).queue.claimNext({})).resolves.toEqual(empty);
    }
    await desk.advance(7 * DAY);
    expect((await team.next(ben)).active.caseId).toBe(active.caseId);
    const [released] = (await desk.leaves("case.release")).filter(
      (leaf) => leaf.case === active.caseId,
    );
    expect(released).toMatchObject({ reason, until: nextAt, fence: active.fence });
  });

  test("a snooze needs a time to come, and nothing else takes one", async () => {
    const team = await createTeam(desk);
    const ann = await team.hire();
    await team.arrive();
    const lease = leaseOf((await team.next(ann)).active);
    const release = desk.as(ann).queue.release;
    const past = { ...lease, reason: "snooze", until: desk.now().toISOString() } as const;
    const none = { ...lease, reason: "snooze", until: null } as const;
    const idle = { ...lease, reason: "skip", until: later(60) } as const;
    for (const input of [past, none, idle]) {
      await expect(refusalOf(release(input))).resolves.toBe("invalid_input");
    }
    expect((await team.next(ann)).active).toMatchObject(lease);
  });

  test("a lease that is lost can't be given back", async () => {
    const team = await createTeam(desk);
    const ann = await team.hire();
    await team.arrive();
    const { active } = await team.next(ann);
    await desk.advance(120);
    const call = desk.as(ann).queue.release({ ...leaseOf(active), reason: "skip", until: null });
    await expect(refusalOf(call)).resolves.toBe("lease_lost");
  });
});

describe("giving back everything", () => {
  test.each(["pause", "signOut"] as const)(
    "%s frees both leases, each with its event",
    async (how) => {
      const team = await createTeam(desk);
      const [ann, ben] = [await team.hire(), await team.hire()];
      await team.arrive();
      await team.arrive();
      const { active, reserved } = await team.next(ann);
      await (how === "pause" ? desk.as(ann).queue.pause() : desk.as(ann).session.signOut());
      const released = (await desk.leaves("case.release")).filter((leaf) =>
        [active.caseId, reserved?.caseId].some((id) => id === leaf.case),
      );
      expect(released.map((leaf) => [leaf.case, leaf.reason])).toEqual(
        expect.arrayContaining([
          [active.caseId, how === "pause" ? "pause" : "sign_out"],
          [reserved?.caseId, how === "pause" ? "pause" : "sign_out"],
        ]),
      );
      const others = await team.next(ben);
      expect(others.active.caseId).toBe(active.caseId);
      expect(others.reserved?.caseId).toBe(reserved?.caseId);
    },
  );

  test("what had run out before is recorded as having run out", async () => {
    const team = await createTeam(desk);
    const ann = await team.hire();
    await team.arrive();
    const { active } = await team.next(ann);
    await desk.advance(120);
    await desk.as(ann).queue.pause();
    const leaves = (await desk.leaves("case.release", "case.expire")).filter(
      (leaf) => leaf.case === active.caseId,
    );
    expect(leaves).toMatchObject([{ kind: "case.expire", user: ann.id, fence: active.fence }]);
  });
});

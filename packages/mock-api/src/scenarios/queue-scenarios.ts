import { run } from "@secondlook/db/database";
import { sql } from "drizzle-orm";
import { claim, decide, endLease, nothingElse, only } from "./acts.ts";
import { scenarios } from "./scenario.ts";

/** What the queue gives, or why it gives nothing. */
export const queueScenarios = scenarios({
  busy: {
    title: "Busy queue",
    as: "reviewer-1",
    path: "/review",
    shows: "Review a possible duplicate",
    async prepare(world) {
      await claim(await world.person("reviewer-2"));
      await claim(await world.person("reviewer-3"));
    },
  },
  overview: {
    title: "Queue, as a lead sees it",
    as: "lead-1",
    path: "/queue",
    shows: "oldest waits",
    async prepare(world) {
      await claim(await world.person("reviewer-2"));
      const person = await world.person("reviewer-3");
      await decide(world, person, await claim(person), {
        outcome: "distinct",
        reason: "different_face",
        rationale: "",
      });
      await claim(person);
      await world.settle();
    },
  },
  oversight: {
    title: "Queue: a mistake reported, a case that nobody may take",
    as: "lead-1",
    path: "/queue",
    shows: "oldest waits",
    async prepare(world) {
      const person = await world.person("reviewer-2");
      await decide(world, person, await claim(person), {
        outcome: "distinct",
        reason: "different_face",
        rationale: "",
      });
      const [row] = (await person.call("decisions.mine", undefined)).rows;
      if (row === undefined) throw new Error("a decision of a moment ago is not there");
      const note = "I looked at the wrong photo.";
      await person.call("decisions.reportMistake", { decisionId: row.decisionId, note });
      await claim(person);
      // As if each of them had known somebody in it.
      await run(
        world.backend.superuser,
        sql`insert into app.involvement (case_id, staff_id, cycle, round, how)
            select r.case_id, p.id, r.cycle, 'any', 'conflict' from app.staff p cross join lateral (
              select o.case_id, o.cycle from app.round o where o.state = 'open' and o.holder is null
              order by o.case_id limit 1) r`,
      );
      await world.settle();
    },
  },
  bare: {
    title: "Nothing sent yet, nobody signed in",
    as: null,
    path: "/sign-in",
    shows: "Choose who you want to be.",
    prepare: nothingElse,
  },
  "empty-nothing": {
    title: "Empty: nothing waits",
    as: "reviewer-1",
    path: "/review",
    shows: "Nothing is waiting",
    prepare: nothingElse,
  },
  "empty-scope": {
    title: "Empty: other regions only",
    as: "reviewer-4",
    path: "/review",
    shows: "regions or languages",
    async prepare(world) {
      await run(
        world.backend.superuser,
        sql`update app.round r set state = 'closed' from app.review_case c
            where c.id = r.case_id and c.region ~ '^(AE|DE)'`,
      );
    },
  },
  "empty-judged": {
    title: "Empty: only cases one judged",
    as: "reviewer-1",
    path: "/review",
    shows: "What is left needs somebody else",
    async prepare(world) {
      await only(world, ["duplicate-hanoi"]);
      const person = await world.person("reviewer-1");
      await decide(world, person, await claim(person), {
        outcome: "duplicate",
        reason: "same_face",
        rationale: "The same mole beside the nose.",
      });
    },
  },
  "empty-worked": {
    title: "Empty: all being worked on",
    as: "reviewer-1",
    path: "/review",
    shows: "Everything is being worked on",
    async prepare(world) {
      await only(world, ["duplicate-hanoi"]);
      await claim(await world.person("reviewer-2"));
    },
  },
  "empty-snoozed": {
    title: "Empty: snoozed",
    as: "reviewer-1",
    path: "/review",
    shows: "What is left comes back later",
    async prepare(world) {
      await only(world, ["duplicate-hanoi"]);
      const person = await world.person("reviewer-1");
      const { caseId, fence } = await claim(person);
      const until = new Date(world.backend.clock.now().getTime() + 2 * 3_600_000).toISOString();
      await person.call("queue.release", { caseId, fence, reason: "snooze", until });
    },
  },
  "lease-lost": {
    title: "Lease lost, free to retake",
    as: "reviewer-1",
    path: "/review",
    hint: "The next heartbeat tells, within five seconds.",
    shows: "Your lease on this case is gone.",
    async prepare(world) {
      await world.changePolicy({ heartbeatSeconds: 5 });
      world.after("queue.claimNext", () => endLease(world, "reviewer-1"));
    },
  },
  "lease-taken": {
    title: "Lease lost, another has it",
    as: "reviewer-1",
    path: "/review",
    hint: "The next heartbeat tells, within five seconds.",
    shows: "another reviewer has it",
    async prepare(world) {
      await only(world, ["duplicate-hanoi"]);
      await world.changePolicy({ heartbeatSeconds: 5 });
      const other = await world.person("reviewer-2");
      world.after("queue.claimNext", async () => {
        await endLease(world, "reviewer-1");
        await claim(other);
      });
    },
  },
  "lease-ending": {
    title: "Lease about to end for good",
    as: "reviewer-1",
    path: "/review",
    shows: "Review a possible duplicate",
    prepare: (world) => world.changePolicy({ hardCapMinutes: 5, hardCapWarningMinutes: 5 }),
  },
});

import assert from "node:assert/strict";
import { inspect } from "node:util";
import type { Id } from "@secondlook/domain/ids";
import { PRIORITIES } from "@secondlook/domain/ingest/case-payload";
import type { RELEASE_REASONS } from "@secondlook/domain/queue/lease";
import type { Browser } from "@secondlook/testkit/api/browser";
import type { TestApp } from "@secondlook/testkit/api/test-app";
import { seedCase } from "@secondlook/testkit/cases/seed-case";
import { drizzle } from "drizzle-orm/node-postgres";
import type { z } from "zod";
import { heartbeatOutput } from "../src/schemas/queue.ts";
import { claimResultSchema } from "../src/schemas/work.ts";
import type { Command, NewCase } from "./queue-commands.ts";
import {
  type ModelClaim,
  type ModelPerson,
  type ModelRound,
  NEW_FENCE,
  QueueModel,
} from "./queue-model.ts";
import {
  decideRound,
  involve,
  lookAt,
  reorderRound,
  setClock,
  storedRounds,
} from "./queue-rows.ts";

export interface Person extends ModelPerson {
  readonly id: Id<"actor">;
  readonly browser: Browser;
}

interface LeaseRef {
  readonly caseId: string;
  readonly fence: number;
}

const iso = (at: number | null) => (at === null ? null : new Date(at).toISOString());

/** The model and the server side by side; every command goes to both. */
export class QueueWorld {
  readonly model: QueueModel;
  readonly app: TestApp;
  readonly people: readonly Person[];
  readonly known: { readonly person: Person; readonly caseId: string; readonly fence: number }[] =
    [];
  private lastFence = 0;

  private constructor(app: TestApp, people: readonly Person[], model: QueueModel) {
    this.app = app;
    this.people = people;
    this.model = model;
  }

  /** A queue that holds nothing but these cases. */
  static async create(
    app: TestApp,
    people: readonly Person[],
    start: { readonly now: number; readonly cases: readonly NewCase[] },
  ): Promise<QueueWorld> {
    await setClock(app, start.now);
    await app.superuser.query(
      "update app.round set state = 'closed', holder = null, lease_kind = null where state = 'open'",
    );
    const world = new QueueWorld(app, people, new QueueModel(start.now, [], []));
    for (const each of start.cases) await world.addCase(each);
    return world;
  }

  async play(command: Command): Promise<void> {
    if (command.act === "pass") return this.pass(command.seconds);
    if (command.act === "arrive") return this.addCase(command.arrives);
    const person = this.people[command.who];
    if (person === undefined) return;
    if (command.act === "claimNext") return this.claimNext(person);
    if (command.act === "pause") {
      this.model.pause(person);
      assert.equal((await person.browser.call("queue.pause")).status, 200);
      return;
    }
    const lease = this.known.filter((each) => each.person === person).at(-1 - command.lease);
    if (lease === undefined) return;
    const ref = { caseId: lease.caseId, fence: lease.fence };
    switch (command.act) {
      case "decide":
        return this.decide(person, ref);
      case "heartbeat":
        return this.heartbeat(person, ref);
      case "beatFor":
        for (let beat = 0; beat < 20; beat++) {
          await this.pass(100);
          await this.heartbeat(person, ref);
        }
        return;
      case "undo":
      case "hurry":
        return this.reorder(ref.caseId, command.act);
      case "retake":
        return this.retake(person, ref.caseId);
      case "release":
        return this.release(person, ref, command);
      default:
        return this.touch(person, ref, command.act);
    }
  }

  private async reorder(caseId: string, how: "undo" | "hurry"): Promise<void> {
    const round = how === "undo" ? this.model.undo(caseId) : this.model.find(caseId);
    if (round === undefined) return;
    if (how === "hurry") round.priority = 3 - round.priority;
    await reorderRound(this.app, { ...round, isReopened: how === "undo" });
  }

  private async touch(
    person: Person,
    ref: LeaseRef,
    how: "look" | "seal" | "openPage",
  ): Promise<void> {
    const held = this.model.holds(person, ref);
    const mark = { staffId: person.id, caseId: ref.caseId };
    if (how === "openPage") {
      this.model.involved.push({ staff: person.id, caseId: ref.caseId, round: "any" });
      await involve(this.app, { ...mark, round: "any", how: "case_page" });
    } else if (held !== undefined && how === "seal") {
      this.model.involved.push({ staff: person.id, caseId: ref.caseId, round: held.round });
      await involve(this.app, { ...mark, round: held.round, how: "sealed" });
    } else if (held !== undefined) {
      this.model.worked.add(`${person.id} ${ref.caseId} ${held.round}`);
      await lookAt(this.app, { ...mark, round: held.round });
    }
  }

  async addCase(each: NewCase): Promise<void> {
    const { model } = this;
    const decidedBy = this.people[each.decidedBy]?.id;
    const isFirst = each.round === "first";
    // Due at another minute than any other, so that the order is never a matter of ids.
    const dueIn = (minutes: number) => model.now + minutes * 60_000;
    let slaMinutes = 600;
    while (model.rounds.some((other) => other.dueAt === dueIn(slaMinutes))) slaMinutes -= 1;
    const made = await seedCase(drizzle(this.app.superuser), {
      source: this.app.source.id,
      region: each.region,
      languages: each.language,
      skills: each.skills,
      priority: each.priority,
      slaMinutes,
      round: each.round,
      ...(isFirst || decidedBy === undefined ? {} : { decidedBy: { first: decidedBy } }),
    });
    if (!isFirst && decidedBy !== undefined) {
      model.involved.push({ staff: decidedBy, caseId: made.caseId, round: "first" });
    }
    model.rounds.push({
      caseId: made.caseId,
      round: each.round,
      route: { region: each.region, languages: each.language, skills: each.skills },
      priority: PRIORITIES.indexOf(each.priority),
      dueAt: dueIn(slaMinutes),
      waitingSince: model.now,
      claimableAt: model.now,
      state: "open",
      holder: null,
      kind: null,
      hardUntil: null,
      fence: 0,
    });
  }

  async pass(seconds: number): Promise<void> {
    this.model.now += seconds * 1000;
    await setClock(this.app, this.model.now);
  }

  async claimNext(person: Person): Promise<void> {
    const expected = this.model.claimNext(person);
    const answer = await person.browser.call("queue.claimNext", {});
    assert.equal(answer.status, 200, inspect(this.app.errors.at(-1)?.cause ?? answer.body));
    this.compareClaim(person, expected, claimResultSchema.parse(answer.data));
  }

  private compareClaim(
    person: Person,
    expected: ModelClaim,
    got: z.output<typeof claimResultSchema>,
  ): void {
    if (expected.state === "empty" || got.state === "empty") {
      const nextAt = expected.state === "empty" ? iso(expected.nextAt) : null;
      assert.deepEqual(got, { ...expected, nextAt });
      return;
    }
    this.compareLease(person, expected.active, got.active);
    assert.equal(got.reserved?.caseId, expected.reserved?.caseId);
    if (expected.reserved !== null && got.reserved !== null) {
      this.compareLease(person, expected.reserved, got.reserved);
    }
  }

  private compareLease(
    person: Person,
    round: ModelRound,
    got: { caseId: string; fence: number; leaseUntil: string; hardUntil: string | null },
  ): void {
    if (round.fence === NEW_FENCE) {
      assert.ok(got.fence > this.lastFence, "a new lease has a new, higher number");
      this.lastFence = got.fence;
      round.fence = got.fence;
      this.known.push({ person, caseId: round.caseId, fence: got.fence });
    }
    const { caseId, fence, leaseUntil, hardUntil } = got;
    assert.deepEqual(
      { caseId, fence, leaseUntil, hardUntil },
      {
        caseId: round.caseId,
        fence: round.fence,
        leaseUntil: iso(round.claimableAt),
        hardUntil: iso(round.hardUntil),
      },
    );
  }

  private async heartbeat(person: Person, ref: LeaseRef): Promise<void> {
    const expected = this.model.heartbeat(person, ref);
    const answer = await person.browser.call("queue.heartbeat", { leases: [ref], active: true });
    const [state] = heartbeatOutput.parse(answer.data).leases;
    assert.deepEqual(
      state,
      "held" in expected
        ? {
            state: "held",
            caseId: ref.caseId,
            leaseUntil: iso(expected.held.claimableAt),
            hardUntil: iso(expected.held.hardUntil),
          }
        : { state: "lost", caseId: ref.caseId, free: expected.free, why: null },
    );
  }

  private async retake(person: Person, caseId: string): Promise<void> {
    const expected = this.model.retake(person, caseId);
    const answer = await person.browser.call("queue.retake", { caseId });
    if (expected === "conflict" || expected === "lost") {
      assert.equal(answer.refusal, expected === "lost" ? "lease_lost" : "conflict");
      return;
    }
    const got = claimResultSchema.parse(answer.data);
    if (got.state !== "work") throw new Error("a retake answered that the queue is empty");
    this.compareLease(person, expected, got.active);
  }

  private async release(
    person: Person,
    ref: LeaseRef,
    by: { readonly reason: (typeof RELEASE_REASONS)[number]; readonly minutes: number },
  ): Promise<void> {
    const until = this.model.now + by.minutes * 60_000;
    const isReleased = this.model.release(person, ref, by.reason, until);
    const answer = await person.browser.call("queue.release", {
      ...ref,
      reason: by.reason,
      until: by.reason === "snooze" ? new Date(until).toISOString() : null,
    });
    assert.equal(answer.refusal, isReleased ? undefined : "lease_lost");
  }

  /** Through the functions that a decision goes through, without the rest of it. */
  private async decide(person: Person, lease: LeaseRef): Promise<void> {
    const decided = this.model.decide(person, lease);
    const isDone = await decideRound(this.app, {
      ...lease,
      staffId: person.id,
      nextFrom: new Date(this.model.now + 10_000),
    });
    assert.equal(isDone, decided !== undefined);
  }

  /** Every round of this run's cases stands in the database as it stands in the model. */
  async compare(): Promise<void> {
    const rows = await storedRounds(
      this.app,
      this.model.rounds.map((each) => each.caseId),
    );
    const name = (each: { caseId: string; round: string }) => `${each.caseId} ${each.round}`;
    const stored = new Map(rows.map((row) => [name(row), row]));
    for (const round of this.model.rounds) {
      assert.deepEqual(stored.get(name(round)), {
        caseId: round.caseId,
        round: round.round,
        state: round.state,
        holder: round.holder,
        kind: round.kind,
        fence: round.fence,
        claimableAt: round.claimableAt,
        hardUntil: round.hardUntil,
      });
    }
  }
}

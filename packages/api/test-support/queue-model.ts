import {
  extendedUntil,
  holds,
  type Lease,
  passFor,
  type ReleaseReason,
} from "@secondlook/domain/queue/lease";
import { type CaseRoute, type ReviewerScope, routesTo } from "@secondlook/domain/queue/routing";

/** A round as the model keeps it; times in epoch milliseconds. One case has one open round. */
export interface ModelRound {
  readonly caseId: string;
  readonly round: "first" | "second" | "adjudication";
  readonly route: CaseRoute;
  priority: number;
  readonly dueAt: number;
  waitingSince: number;
  claimableAt: number;
  state: "open" | "decided";
  holder: string | null;
  kind: "active" | "reserved" | null;
  hardUntil: number | null;
  fence: number;
}

export interface ModelPerson extends ReviewerScope {
  readonly id: string;
  readonly isLead: boolean;
}

const LEASE_MS = 120_000;
const HARD_CAP_MS = 30 * 60_000;
/** A lease was given, and the server has yet to say under which number. */
export const NEW_FENCE = -1;
const RANK = { adjudication: 0, second: 1, first: 2 } as const;

type Empty =
  | "nothing_waiting"
  | "outside_your_scope"
  | "only_cases_you_judged"
  | "all_being_worked"
  | "snoozed";

export type ModelClaim =
  | { readonly state: "work"; readonly active: ModelRound; readonly reserved: ModelRound | null }
  | { readonly state: "empty"; readonly reason: Empty; readonly nextAt: number | null };

/** The lease on a round, as the rules of the domain see it. */
function leaseOn(round: ModelRound): Lease | undefined {
  const { holder, kind, fence, claimableAt: until, hardUntil } = round;
  return holder === null || kind === null ? undefined : { holder, kind, fence, until, hardUntil };
}

/**
 * What the queue must do, said in plain lists and loops: no SQL, no locks, no indexes. Fencing
 * numbers are the server's to choose; the test writes them in and asks only that each is new.
 */
export class QueueModel {
  now: number;
  readonly rounds: ModelRound[];
  readonly involved: { staff: string; caseId: string; round: string }[];
  readonly passed = new Map<string, number>();
  /** In which rounds a person wrote or looked, so that they may take them back. */
  readonly worked = new Set<string>();

  constructor(now: number, rounds: ModelRound[], involved: QueueModel["involved"]) {
    this.now = now;
    this.rounds = rounds;
    this.involved = involved;
  }

  live(staff: string, kind: "active" | "reserved"): ModelRound | undefined {
    return this.rounds.find(
      (each) => each.holder === staff && each.kind === kind && each.claimableAt > this.now,
    );
  }

  find(caseId: string): ModelRound | undefined {
    return this.rounds.find((each) => each.caseId === caseId && each.state === "open");
  }

  mayJudge(person: ModelPerson, round: ModelRound): boolean {
    return !this.involved.some(
      (each) =>
        each.staff === person.id && each.caseId === round.caseId && each.round !== round.round,
    );
  }

  reaches(person: ModelPerson, round: ModelRound): boolean {
    return (round.round !== "adjudication" || person.isLead) && routesTo(round.route, person);
  }

  private passedUntil(person: ModelPerson, round: ModelRound): number {
    const until = this.passed.get(`${person.id} ${round.caseId}`) ?? 0;
    return until > this.now ? until : 0;
  }

  /** What this person could claim now, the most urgent first. */
  claimable(person: ModelPerson): ModelRound[] {
    return this.rounds
      .filter(
        (each) =>
          each.state === "open" &&
          each.claimableAt <= this.now &&
          this.reaches(person, each) &&
          this.mayJudge(person, each) &&
          this.passedUntil(person, each) === 0,
      )
      .toSorted(
        (a, b) => RANK[a.round] - RANK[b.round] || a.priority - b.priority || a.dueAt - b.dueAt,
      );
  }

  claimNext(person: ModelPerson): ModelClaim {
    for (const each of this.rounds) {
      if (each.holder === person.id && each.claimableAt <= this.now) this.free(each);
    }
    const active = this.live(person.id, "active");
    if (active !== undefined) return this.working(person, active);
    const reserved = this.live(person.id, "reserved");
    const [best] = this.claimable(person);
    if (reserved !== undefined) {
      const isMoreUrgent =
        best !== undefined &&
        (RANK[best.round] < RANK[reserved.round] ||
          (best.round === reserved.round && best.priority < reserved.priority));
      if (isMoreUrgent) return this.working(person, this.give(person, best, "active"));
      if (this.mayJudge(person, reserved)) {
        return this.working(person, this.give(person, reserved, "active"));
      }
      this.free(reserved);
      return this.claimNext(person);
    }
    return best === undefined
      ? this.empty(person)
      : this.working(person, this.give(person, best, "active"));
  }

  private working(person: ModelPerson, active: ModelRound): ModelClaim {
    const [next] = this.claimable(person);
    const reserved =
      this.live(person.id, "reserved") ??
      (next === undefined ? null : this.give(person, next, "reserved"));
    return { state: "work", active, reserved };
  }

  private give(person: ModelPerson, round: ModelRound, kind: "active" | "reserved"): ModelRound {
    const isOpened = this.live(person.id, "reserved") === round;
    if (!isOpened) round.fence = NEW_FENCE;
    round.holder = person.id;
    round.kind = kind;
    round.claimableAt = this.now + LEASE_MS;
    round.hardUntil = kind === "active" ? this.now + HARD_CAP_MS : null;
    return round;
  }

  private free(round: ModelRound): void {
    round.holder = null;
    round.kind = null;
    round.hardUntil = null;
    round.claimableAt = this.now;
  }

  private empty(person: ModelPerson): ModelClaim {
    const open = this.rounds.filter(
      (each) => each.state === "open" && each.waitingSince <= this.now,
    );
    const answer = (reason: Empty, nextAt: number | null = null): ModelClaim => ({
      state: "empty",
      reason,
      nextAt,
    });
    const mine = open.filter((each) => this.reaches(person, each));
    if (mine.length === 0) {
      const others = open.filter((each) => each.round !== "adjudication" || person.isLead);
      return answer(others.length > 0 ? "outside_your_scope" : "nothing_waiting");
    }
    const eligible = mine.filter(
      (each) => this.mayJudge(person, each) && this.passedUntil(person, each) < Infinity,
    );
    const later = eligible
      .filter((each) => each.holder === null || each.claimableAt <= this.now)
      .map((each) => Math.max(each.claimableAt, this.passedUntil(person, each)));
    if (later.length > 0) return answer("snoozed", Math.min(...later));
    return answer(eligible.length > 0 ? "all_being_worked" : "only_cases_you_judged");
  }

  holds(person: ModelPerson, lease: { caseId: string; fence: number }): ModelRound | undefined {
    const round = this.find(lease.caseId);
    const by = { holder: person.id, fence: lease.fence };
    return round !== undefined && holds(leaseOn(round), by, this.now) ? round : undefined;
  }

  heartbeat(
    person: ModelPerson,
    lease: { caseId: string; fence: number },
  ): { held: ModelRound } | { free: boolean } {
    const round = this.holds(person, lease);
    const held = round && leaseOn(round);
    if (round === undefined || held === undefined) {
      return { free: this.retakable(person, lease.caseId) };
    }
    if (held.kind === "active" || this.live(person.id, "active") !== undefined) {
      round.claimableAt = extendedUntil(held, this.now, LEASE_MS / 1000);
    }
    return { held: round };
  }

  retakable(person: ModelPerson, caseId: string): boolean {
    const round = this.find(caseId);
    return (
      round !== undefined &&
      this.claimable(person).includes(round) &&
      (round.holder === person.id || this.worked.has(`${person.id} ${caseId} ${round.round}`))
    );
  }

  retake(person: ModelPerson, caseId: string): ModelRound | "conflict" | "lost" {
    const active = this.live(person.id, "active");
    if (active?.caseId === caseId) return active;
    if (active !== undefined) return "conflict";
    const round = this.find(caseId);
    const reserved = this.live(person.id, "reserved");
    const mayOpen = reserved !== undefined && reserved === round && this.mayJudge(person, reserved);
    if (round === undefined || !(mayOpen || this.retakable(person, caseId))) return "lost";
    for (const each of this.rounds) {
      if (each !== round && each.holder === person.id && each.claimableAt <= this.now) {
        this.free(each);
      }
    }
    return this.give(person, round, "active");
  }

  release(
    person: ModelPerson,
    lease: { caseId: string; fence: number },
    reason: ReleaseReason,
    until: number,
  ): boolean {
    const round = this.holds(person, lease);
    if (round === undefined) return false;
    this.free(round);
    if (reason === "snooze") round.claimableAt = Math.min(until, this.now + 7 * 86_400_000);
    if (reason === "conflict_of_interest") {
      this.involved.push({ staff: person.id, caseId: round.caseId, round: "any" });
    }
    const pass = passFor(reason);
    if (pass !== undefined) {
      const key = `${person.id} ${round.caseId}`;
      const passUntil = pass.minutes === null ? Infinity : this.now + pass.minutes * 60_000;
      this.passed.set(key, Math.max(this.passed.get(key) ?? 0, passUntil));
    }
    return true;
  }

  pause(person: ModelPerson): void {
    for (const each of this.rounds) if (each.holder === person.id) this.free(each);
  }

  /** The least that a decision does: it ends the round, and after a first opens a second. */
  decide(person: ModelPerson, lease: { caseId: string; fence: number }): ModelRound | undefined {
    const round = this.holds(person, lease);
    if (round === undefined || round.kind !== "active") return undefined;
    round.state = "decided";
    round.holder = null;
    round.kind = null;
    round.hardUntil = null;
    this.involved.push({ staff: person.id, caseId: round.caseId, round: round.round });
    if (round.round === "first") {
      const from = this.now + 10_000;
      this.rounds.push({
        ...round,
        round: "second",
        state: "open",
        waitingSince: from,
        claimableAt: from,
        fence: 0,
      });
    }
    return round;
  }

  /** Takes a decision back: its round waits again, and what followed, if nobody had it, is gone. */
  undo(caseId: string): ModelRound | undefined {
    const next = this.find(caseId);
    if (next !== undefined && next.fence !== 0) return undefined;
    const decided = this.rounds.findLast(
      (each) => each.caseId === caseId && each.state === "decided",
    );
    if (decided === undefined) return undefined;
    if (next !== undefined) this.rounds.splice(this.rounds.indexOf(next), 1);
    decided.state = "open";
    decided.claimableAt = this.now;
    return decided;
  }
}

import type { Finding, Outcome } from "@secondlook/domain/decisions/outcome";
import type { HistoryCase, HistoryDecision } from "@secondlook/domain/insights/history-case";
import type { Rating } from "@secondlook/domain/judging/rating";
import type { Random } from "../people/random.ts";
import type { WorkDay, Worker } from "./make-history.ts";
import { drawId, type Setting } from "./setting.ts";

const ERROR = 0.04;
const UNSURE = 0.03;
/** How often somebody gives way to the machine where they differ, or amends away from it. */
const GIVES_WAY = 0.05;
const GOES_AWAY = 0.02;
const SAMPLED = 0.1;
const UNDO_MS = 10_000;
const SLA_MS = 48 * 3_600_000;

type Answer = "same" | "different" | "unsure";

const OUTCOME = {
  same: "duplicate",
  different: "distinct",
  unsure: "inconclusive",
} as const satisfies Record<Answer, Outcome>;
const FINDING = {
  same: "same",
  different: "different",
  unsure: "unresolved",
} as const satisfies Record<Answer, Finding>;
const REASONS = {
  same: ["same_face", "same_face", "same_document", "same_face_and_data"],
  different: ["different_face", "different_face", "relatives", "lookalike"],
  unsure: ["photo_unusable", "clip_unusable", "cannot_tell", "evidence_contradicts"],
} as const satisfies Record<Answer, readonly [string, ...string[]]>;

/**
 * Lets people judge a case: the first round now, later ones when what comes back is called, so that all
 * first rounds of a day come first.
 */
export function judgeCase(random: Random, setting: Setting, day: WorkDay): () => HistoryCase {
  const first = decide(random, setting, day, {
    round: "first",
    worker: random.pick(nonEmpty(serving(day.staff.reviewers, setting.region))),
    notBefore: 0,
  });
  return () => {
    const decisions = [...laterRounds(random, setting, day, first)];
    const wait = 7_200_000 * Math.exp(random.bell());
    const receivedAt = Math.max(
      day.start + Math.round(random.next() * 3_600_000),
      Math.round(first.decision.openedAt - wait),
    );
    return {
      caseId: drawId.case(random),
      candidateId: drawId.candidate(random),
      runId: drawId.run(random),
      region: setting.region,
      provider: setting.provider,
      modelVersion: setting.modelVersion,
      threshold: setting.threshold,
      similarity: setting.similarity,
      recommendation: setting.recommendation,
      receivedAt,
      // Now and then one was due sooner than it could be worked.
      dueAt: receivedAt + (random.chance(0.04) ? 1_800_000 : SLA_MS),
      decisions: decisions.map(({ decision }, at) => ({
        ...decision,
        isFinal: at === decisions.length - 1,
      })),
    };
  };
}

interface Judged {
  readonly answer: Answer;
  readonly decision: HistoryDecision;
}

/** As domain/cases/next-stage says: what harms and the sample go to somebody else, the rest to a lead. */
function laterRounds(
  random: Random,
  setting: Setting,
  day: WorkDay,
  first: Judged,
): readonly Judged[] {
  const next = (
    round: "second" | "adjudication",
    staff: readonly Worker[],
    after: Judged,
  ): Judged =>
    decide(random, setting, day, {
      round,
      worker: random.pick(nonEmpty(staff.filter(({ person }) => person !== after.decision.person))),
      notBefore: after.decision.decidedAt + UNDO_MS,
    });
  if (first.answer === "unsure")
    return [first, settle(next("adjudication", day.staff.leads, first), "unsure")];
  if (first.answer !== "same" && !random.chance(SAMPLED)) return [first];
  const second = next("second", serving(day.staff.reviewers, setting.region), first);
  if (second.answer === first.answer) return [first, second];
  const adjudication = next("adjudication", day.staff.leads, second);
  // A harmful answer stands only where one of the two came to it.
  const stands = [first.answer, second.answer].includes("same") || adjudication.answer !== "same";
  return [first, second, stands ? adjudication : settle(adjudication, "different")];
}

function settle(judged: Judged, answer: Answer): Judged {
  const { decision } = judged;
  const sealed: Rating = answer === "unsure" ? 0 : -1;
  return {
    answer,
    decision: {
      ...decision,
      outcome: OUTCOME[answer],
      finding: FINDING[answer],
      reason: REASONS[answer][0],
      sealed,
      amended: null,
    },
  };
}

function decide(
  random: Random,
  setting: Setting,
  day: WorkDay,
  by: {
    readonly round: HistoryDecision["round"];
    readonly worker: Worker;
    readonly notBefore: number;
  },
): Judged {
  const { worker } = by;
  const seen = look(random, setting.isSame);
  const last = reconsider(random, setting, seen, giveWayOf(day, worker.person));
  const speed = day.speeds[worker.person] ?? 1;
  const handle = 75_000 * Math.exp(0.7 * random.bell()) * speed * day.pace;
  const openedAt = Math.max(worker.free, by.notBefore);
  const decidedAt = Math.round(openedAt + handle);
  worker.free = decidedAt + Math.round(random.range(1_000, 30_000) * day.pauses);
  return {
    answer: last.answer,
    decision: {
      id: drawId.decision(random),
      round: by.round,
      person: worker.person,
      outcome: OUTCOME[last.answer],
      finding: FINDING[last.answer],
      reason: random.pick<string>(REASONS[last.answer]),
      sealed: seen.rating,
      amended: last.rating === seen.rating ? null : last.rating,
      openedAt,
      decidedAt,
      isFinal: false,
    },
  };
}

interface View {
  readonly answer: Answer;
  readonly rating: Rating;
}

function look(random: Random, isSame: boolean): View {
  if (random.chance(UNSURE)) return { answer: "unsure", rating: 0 };
  const sees = isSame !== random.chance(ERROR);
  return sees
    ? { answer: "same", rating: random.pick<Rating>([1, 2, 2, 3, 3]) }
    : { answer: "different", rating: random.pick<Rating>([-1, -2, -2, -3, -3]) };
}

/** After the reveal: who differs from the machine may give way to it. */
function reconsider(random: Random, setting: Setting, seen: View, givesWay: number): View {
  const { recommendation } = setting;
  const machine = recommendation === "same_person" ? "same" : "different";
  const drawn = random.next();
  if (recommendation === "none" || seen.answer === "unsure") return seen;
  if (seen.answer !== machine) {
    if (drawn >= givesWay) return seen;
    return { answer: machine, rating: machine === "same" ? 1 : -1 };
  }
  if (drawn >= GOES_AWAY || Math.abs(seen.rating) === 1) return seen;
  return { answer: seen.answer, rating: seen.rating > 0 ? 1 : -1 };
}

function giveWayOf(day: WorkDay, person: number): number {
  const planted = day.effects.find(
    (each) => each.kind === "follows_machine" && each.reviewer === person,
  );
  return planted?.kind === "follows_machine" ? planted.share : GIVES_WAY;
}

function serving(staff: readonly Worker[], region: string): readonly Worker[] {
  return staff.filter(({ regions }) => regions === null || regions.includes(region));
}

function nonEmpty<T>(items: readonly T[]): readonly [T, ...T[]] {
  const [first, ...others] = items;
  if (first === undefined) throw new Error("nobody is there to judge");
  return [first, ...others];
}

import { describe, expect, test } from "vitest";
import { isHarmful, type Outcome } from "../decisions/outcome.ts";
import { earlierShownIn, isBacked, needsTwo, nextStep, type RoundVerdict } from "./next-stage.ts";
import { ROUNDS, type Round } from "./stage.ts";

const NO_ASKS = { secondRoundOutcomes: [], sampled: false } as const;

function verdict(
  round: Round,
  by: string,
  outcome: Outcome,
  same = "",
  newlyExempt = "",
): RoundVerdict {
  return { round, by, outcome, same: new Set(same), newlyExempt: new Set(newlyExempt) };
}

/** Every verdict that two candidates allow, as [outcome, same, newly exempt]. */
const VERDICTS: readonly (readonly [Outcome, string, string])[] = [
  ...["A", "B", "AB"].flatMap((same) => [
    ["duplicate", same, ""] as const,
    ["permitted_second_account", same, ""] as const,
    ["permitted_second_account", same, same] as const,
  ]),
  ["permitted_second_account", "AB", "A"],
  ["distinct", "", ""],
  ["inconclusive", "", ""],
  ...["", "A", "B", "AB"].map((same) => ["identity_mule", same, ""] as const),
];

describe("the first round", () => {
  test.each(["duplicate", "identity_mule"] as const)(
    "%s always goes to somebody else",
    (outcome) => {
      expect(nextStep(verdict("first", "ann", outcome, "A"), [], NO_ASKS, "lead")).toEqual({
        to: "round",
        round: "second",
        why: "second_round_asked",
      });
    },
  );

  test("a new exemption always goes to somebody else, one in force does not", () => {
    const renewed = verdict("first", "ann", "permitted_second_account", "A", "A");
    const covered = verdict("first", "ann", "permitted_second_account", "A");
    expect(nextStep(renewed, [], NO_ASKS, "lead")).toMatchObject({ round: "second" });
    expect(nextStep(covered, [], NO_ASKS, "lead")).toMatchObject({ to: "settled" });
  });

  test("distinct people settle at once, unless policy or the sample asks for a second round", () => {
    const distinct = verdict("first", "ann", "distinct");
    expect(nextStep(distinct, [], NO_ASKS, "lead")).toEqual({ to: "settled", why: "single_round" });
    const asked = { secondRoundOutcomes: ["distinct"], sampled: false } as const;
    expect(nextStep(distinct, [], asked, "lead")).toMatchObject({ round: "second" });
    const sampled = { secondRoundOutcomes: [], sampled: true };
    expect(nextStep(distinct, [], sampled, "lead")).toMatchObject({ round: "second" });
  });
});

test.each(ROUNDS)("inconclusive in the %s round can wait for a new capture", (round) => {
  expect(nextStep(verdict(round, "ann", "inconclusive"), [], NO_ASKS, "new_capture")).toEqual({
    to: "awaiting_capture",
    why: "new_capture_asked",
  });
});

test.each([
  ["first", "adjudication"],
  ["second", "adjudication"],
  ["adjudication", "second_adjudication"],
] as const)("a question in the %s round goes to a lead who did not ask it", (round, next) => {
  expect(nextStep(verdict(round, "ann", "inconclusive"), [], NO_ASKS, "lead")).toEqual({
    to: "round",
    round: next,
    why: "question_for_lead",
  });
});

test("where a second lead can't tell either, the case settles as inconclusive", () => {
  const asked = verdict("adjudication", "lea", "inconclusive");
  const answer = verdict("second_adjudication", "leo", "inconclusive");
  expect(nextStep(answer, [asked], NO_ASKS, "lead")).toMatchObject({ to: "settled" });
});

describe("the second round", () => {
  const first = verdict("first", "ann", "duplicate", "AB");
  test("agreement in outcome and candidates settles", () => {
    const step = nextStep(verdict("second", "ben", "duplicate", "BA"), [first], NO_ASKS, "lead");
    expect(step).toEqual({ to: "settled", why: "rounds_agree" });
  });
  test.each([
    ["another outcome", verdict("second", "ben", "distinct")],
    ["fewer candidates", verdict("second", "ben", "duplicate", "A")],
    ["the same person", verdict("second", "ann", "duplicate", "AB")],
  ])("%s goes to adjudication", (_what, second) => {
    expect(nextStep(second, [first], NO_ASKS, "lead")).toEqual({
      to: "round",
      round: "adjudication",
      why: "rounds_disagree",
    });
  });

  test("an exemption new to the second round is one person's, though the outcomes agree", () => {
    const covered = verdict("first", "ann", "permitted_second_account", "A");
    const renewed = verdict("second", "ben", "permitted_second_account", "A", "A");
    expect(nextStep(renewed, [covered], NO_ASKS, "lead")).toMatchObject({ round: "adjudication" });
  });
});

describe("adjudication", () => {
  const rounds = [verdict("first", "ann", "duplicate", "A"), verdict("second", "ben", "distinct")];
  test("what clears the person settles", () => {
    const step = nextStep(verdict("adjudication", "lea", "distinct"), rounds, NO_ASKS, "lead");
    expect(step).toEqual({ to: "settled", why: "adjudicated" });
  });
  test("harm settles where an earlier round came to the same", () => {
    const backed = verdict("adjudication", "lea", "duplicate", "A");
    expect(nextStep(backed, rounds, NO_ASKS, "lead")).toMatchObject({ to: "settled" });
  });
  test("harm that stands alone is repeated by a second lead, then by new people", () => {
    const alone = verdict("adjudication", "lea", "duplicate", "B");
    expect(nextStep(alone, rounds, NO_ASKS, "lead")).toEqual({
      to: "round",
      round: "second_adjudication",
      why: "adjudication_stands_alone",
    });
    const repeated = verdict("second_adjudication", "leo", "duplicate", "B");
    expect(nextStep(repeated, [...rounds, alone], NO_ASKS, "lead")).toMatchObject({
      to: "settled",
    });
    const another = verdict("second_adjudication", "leo", "identity_mule", "B");
    expect(nextStep(another, [...rounds, alone], NO_ASKS, "lead")).toEqual({
      to: "new_cycle",
      why: "no_two_agree",
    });
  });
});

test("in every history, what needs two people settles only where two different people agree", () => {
  const people = ["ann", "ben", "lea", "leo"] as const;
  let settled = 0;
  let seen = 0;
  const walk = (earlier: readonly RoundVerdict[]): void => {
    const round = ROUNDS[earlier.length];
    if (round === undefined) return;
    for (const [outcome, same, exempt] of VERDICTS) {
      // Each round by its own person, and by each of those before: the rules must not rely on the claim.
      for (const by of people.slice(0, earlier.length + 1)) {
        const decided = verdict(round, by, outcome, same, exempt);
        const step = nextStep(decided, earlier, NO_ASKS, "lead");
        seen += 1;
        if (step.to === "settled" && needsTwo(decided)) {
          settled += 1;
          if (!isBacked(decided, earlier)) throw new Error(`${outcome} settled alone in ${round}`);
        }
      }
      if (earlier.length < 3)
        walk([...earlier, verdict(round, people[earlier.length] ?? "", outcome, same, exempt)]);
    }
  };
  walk([]);
  expect(seen).toBeGreaterThan(200_000);
  expect(settled).toBeGreaterThan(1_000);
});

test("backing needs another person, the same outcome, the same candidates and the same exemptions", () => {
  const decided = verdict("second", "ben", "permitted_second_account", "A", "A");
  const like = (by: string, outcome: Outcome, same: string, exempt: string): boolean =>
    isBacked(decided, [verdict("first", by, outcome, same, exempt)]);
  expect(like("ann", "permitted_second_account", "A", "A")).toBe(true);
  expect(like("ben", "permitted_second_account", "A", "A")).toBe(false);
  expect(like("ann", "duplicate", "A", "A")).toBe(false);
  expect(like("ann", "permitted_second_account", "B", "A")).toBe(false);
  expect(like("ann", "permitted_second_account", "A", "")).toBe(false);
});

describe("what an author sees of earlier rounds after the reveal", () => {
  const rounds = [verdict("first", "ann", "duplicate", "A"), verdict("second", "ben", "distinct")];
  test("the second round stays blind to the first", () => {
    expect(earlierShownIn("first", rounds)).toEqual([]);
    expect(earlierShownIn("second", rounds)).toEqual([]);
  });
  test("an adjudicator sees both", () => {
    expect(earlierShownIn("adjudication", rounds)).toEqual(rounds);
  });
  test("a second lead repeats blind, unless a question was asked", () => {
    const alone = [...rounds, verdict("adjudication", "lea", "duplicate", "B")];
    expect(earlierShownIn("second_adjudication", alone)).toEqual([]);
    const asked = [...rounds, verdict("adjudication", "lea", "inconclusive")];
    expect(earlierShownIn("second_adjudication", asked)).toEqual(asked);
  });
});

test("only duplicates and identity mules harm", () => {
  const harmful = VERDICTS.filter(([outcome]) => isHarmful(outcome)).map(([outcome]) => outcome);
  expect(new Set(harmful)).toEqual(new Set(["duplicate", "identity_mule"]));
});

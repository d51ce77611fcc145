import { describe, expect, test } from "vitest";
import { RATINGS } from "../judging/rating.ts";
import {
  type CandidateFinding,
  checkOutcome,
  type Finding,
  FINDINGS,
  findingFits,
  type Outcome,
  OUTCOME_REFUSALS,
  OUTCOMES,
  verdictsAgree,
} from "./outcome.ts";

const FITTING = { same: 3, different: -3, unresolved: 0 } as const;
const LETTERS = { s: "same", x: "same", d: "different", u: "unresolved" } as const;

/** `s` same, `x` same and exempt, `d` different, `u` unresolved. */
function findings(word: string): readonly CandidateFinding[] {
  return Array.from(word).map((letter, index) => {
    const finding = LETTERS[letter === "s" || letter === "x" || letter === "d" ? letter : "u"];
    return {
      candidate: `cnd_${index}`,
      finding,
      rating: FITTING[finding],
      exempt: letter === "x",
    };
  });
}

const LETTER = ["s", "x", "d", "u"];
const PAIRS = LETTER.flatMap((one) => LETTER.map((two) => one + two));

/** Findings of no, one, two and three candidates, in every order. */
const WORDS = ["", ...LETTER, ...PAIRS, ...PAIRS.flatMap((pair) => LETTER.map((x) => pair + x))];

/** The rules of the words in DESIGN section 1, written again as sets of letters. */
function expected(outcome: Outcome, word: string): boolean {
  const has = (letter: string): boolean => word.includes(letter);
  const same = has("s") || has("x");
  switch (outcome) {
    case "duplicate":
      return has("s");
    case "permitted_second_account":
      return has("x") && !has("s");
    case "distinct":
      return !same && !has("u");
    case "inconclusive":
      return !same && (has("u") || word === "");
    case "identity_mule":
      return true;
  }
}

describe.each(OUTCOMES)("%s", (outcome) => {
  test.each(WORDS)("over the findings “%s”", (word) => {
    expect(checkOutcome(outcome, findings(word)) === undefined).toBe(expected(outcome, word));
  });
});

test.each([
  ["duplicate", "", "no_candidates"],
  ["duplicate", "du", "duplicate_needs_same"],
  ["duplicate", "xd", "duplicate_all_exempt"],
  ["permitted_second_account", "", "no_candidates"],
  ["permitted_second_account", "dd", "permitted_needs_same"],
  ["permitted_second_account", "xs", "permitted_needs_exemption"],
  ["distinct", "du", "distinct_needs_all_different"],
  ["inconclusive", "us", "inconclusive_has_same"],
  ["inconclusive", "dd", "inconclusive_needs_unresolved"],
] as const)("%s over “%s” is refused as %s", (outcome, word, refusal) => {
  expect(checkOutcome(outcome, findings(word))).toBe(refusal);
});

test.each(FINDINGS)(
  "a finding “%s” holds to its author's last rating, for every outcome",
  (finding) => {
    for (const rating of RATINGS) {
      const fits = { same: rating >= 1, different: rating <= -1, unresolved: true }[finding];
      expect(findingFits(finding, rating)).toBe(fits);
      const refusals = OUTCOMES.map((outcome) =>
        checkOutcome(outcome, [{ candidate: "cnd_0", finding, rating, exempt: false }]),
      );
      expect(refusals.every((each) => each === "finding_contradicts_rating")).toBe(!fits);
    }
  },
);

test("verdicts agree exactly when outcome and set of same candidates are equal", () => {
  const sets = ["", "A", "B", "AB", "BA"];
  for (const one of OUTCOMES) {
    for (const other of OUTCOMES) {
      for (const left of sets) {
        for (const right of sets) {
          const equal =
            Array.from(left).toSorted().join("") === Array.from(right).toSorted().join("");
          expect(
            verdictsAgree(
              { outcome: one, same: new Set(left) },
              { outcome: other, same: new Set(right) },
            ),
          ).toBe(one === other && equal);
        }
      }
    }
  }
});

test("findings of every kind have words to refuse them with", () => {
  const kinds: readonly Finding[] = FINDINGS;
  expect(kinds).toHaveLength(3);
  for (const sentence of Object.values(OUTCOME_REFUSALS)) expect(sentence).toMatch(/\.$/u);
});

import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { RATINGS } from "../judging/rating.ts";
import { POLICY_V1 } from "../policy/policy-v1.ts";
import {
  checkDecision,
  DECISION_REFUSALS,
  type DecisionFacts,
  type DecisionForm,
  type DecisionRefusal,
  MAX_TEXT,
} from "./check-decision.ts";
import { FINDINGS, OUTCOMES } from "./outcome.ts";
import { EXEMPTION_REASONS, REASON_CODES, REASONS, reasonsAllowed } from "./reasons.ts";

const NOW = new Date("2026-11-02T09:00:00.000Z");
const FACTS: DecisionFacts = {
  shown: [
    { candidateId: "cnd_a", rating: 2, exempt: false },
    { candidateId: "cnd_b", rating: -2, exempt: false },
  ],
  reasonCodes: POLICY_V1.base.reasonCodes,
  now: NOW,
};

const DUPLICATE: DecisionForm = {
  outcome: "duplicate",
  findings: [
    { candidateId: "cnd_a", finding: "same" },
    { candidateId: "cnd_b", finding: "different" },
  ],
  reasons: ["same_face"],
  rationale: "Ears and scar agree.",
  exemption: null,
  inconclusiveRoute: null,
  question: null,
};

const EXEMPTION = {
  candidateIds: ["cnd_a"],
  reason: "exemption_business",
  note: "A registered bakery; seen in the register.",
  expiresAt: new Date("2027-11-02T09:00:00Z"),
} as const;

const PERMITTED: DecisionForm = {
  ...DUPLICATE,
  outcome: "permitted_second_account",
  reasons: ["exemption_business"],
  rationale: "",
  exemption: EXEMPTION,
};

const INCONCLUSIVE: DecisionForm = {
  ...DUPLICATE,
  outcome: "inconclusive",
  findings: [
    { candidateId: "cnd_a", finding: "unresolved" },
    { candidateId: "cnd_b", finding: "different" },
  ],
  reasons: ["cannot_tell"],
  rationale: "",
  inconclusiveRoute: "lead",
  question: "Is the scar on the left?",
};

function refusalOf(form: DecisionForm, facts = FACTS): DecisionRefusal | undefined {
  const result = checkDecision(form, facts);
  return result.ok ? undefined : result.refusal;
}

test("a whole decision passes and says which candidates it is about", () => {
  expect(checkDecision(DUPLICATE, FACTS)).toEqual({
    ok: true,
    value: { same: new Set(["cnd_a"]), newlyExempt: new Set() },
  });
  expect(checkDecision(PERMITTED, FACTS)).toEqual({
    ok: true,
    value: { same: new Set(["cnd_a"]), newlyExempt: new Set(["cnd_a"]) },
  });
  expect(refusalOf(INCONCLUSIVE)).toBeUndefined();
});

describe("findings", () => {
  const [a, b] = DUPLICATE.findings;
  test.each([
    ["one left out", [a]],
    ["one twice in place of another", [a, a]],
    ["one twice besides", [a, b, b]],
    ["one of a candidate that is not shown", [a, { candidateId: "cnd_z", finding: "different" }]],
    ["one more that is not shown", [a, b, { candidateId: "cnd_z", finding: "different" }]],
  ] as const)("%s is refused", (_what, findings) => {
    const given = findings.flatMap((each) => (each === undefined ? [] : [each]));
    expect(refusalOf({ ...DUPLICATE, findings: given })).toBe("findings_incomplete");
  });

  test("a finding may not contradict the last rating", () => {
    const facts = { ...FACTS, shown: FACTS.shown.map((each) => ({ ...each, rating: 0 as const })) };
    expect(refusalOf(DUPLICATE, facts)).toBe("finding_contradicts_rating");
  });
});

describe("reasons", () => {
  test.each([
    ["reason_missing", []],
    ["reason_repeated", ["same_face", "same_face"]],
    ["reason_not_allowed", ["same_face", "relatives"]],
  ] as const)("%s", (refusal, reasons) => {
    expect(refusalOf({ ...DUPLICATE, reasons })).toBe(refusal);
  });

  test("can't speak of candidates that aren't shown, or deny those that are", () => {
    const distinct: DecisionForm = {
      ...DUPLICATE,
      outcome: "distinct",
      findings: FACTS.shown.map(({ candidateId }) => ({ candidateId, finding: "different" })),
    };
    const unlike = {
      ...FACTS,
      shown: FACTS.shown.map((each) => ({ ...each, rating: -2 as const })),
    };
    const denied: DecisionForm = { ...distinct, reasons: ["no_match"] };
    expect(refusalOf(denied, unlike)).toBe("reason_contradicts_case");
    expect(refusalOf({ ...distinct, reasons: ["relatives"] }, unlike)).toBeUndefined();
    const none: DecisionForm = { ...distinct, findings: [] };
    const alone = { ...FACTS, shown: [] };
    expect(refusalOf({ ...none, reasons: ["relatives"] }, alone)).toBe("reason_contradicts_case");
    expect(refusalOf({ ...none, reasons: ["no_match"] }, alone)).toBeUndefined();
  });

  test("policy takes codes out of use, and can't lend an outcome another one's", () => {
    const reasonCodes = { duplicate: ["same_document", "relatives"] } as const;
    const facts: DecisionFacts = {
      ...FACTS,
      reasonCodes: { duplicate: [...reasonCodes.duplicate] },
    };
    expect(refusalOf(DUPLICATE, facts)).toBe("reason_not_allowed");
    expect(refusalOf({ ...DUPLICATE, reasons: ["relatives"] }, facts)).toBe("reason_not_allowed");
    expect(refusalOf({ ...DUPLICATE, reasons: ["same_document"] }, facts)).toBeUndefined();
  });

  test("where policy names none, the outcome's own are in use", () => {
    expect(reasonsAllowed("distinct", {})).toEqual([
      "different_face",
      "relatives",
      "lookalike",
      "no_match",
    ]);
  });

  test("each code belongs to an outcome, and exemption codes only to permitted accounts", () => {
    for (const code of REASON_CODES) expect(REASONS[code].outcomes.length).toBeGreaterThan(0);
    for (const code of EXEMPTION_REASONS) {
      expect(REASONS[code].outcomes).toEqual(["permitted_second_account"]);
    }
  });
});

describe("an exemption", () => {
  const withExemption = (
    change: Partial<NonNullable<DecisionForm["exemption"]>>,
  ): DecisionForm => ({
    ...PERMITTED,
    exemption: { ...EXEMPTION, ...change },
  });
  test.each<[DecisionRefusal, DecisionForm]>([
    ["exemption_only_when_permitted", { ...INCONCLUSIVE, exemption: EXEMPTION }],
    ["duplicate_all_exempt", { ...DUPLICATE, exemption: EXEMPTION }],
    ["permitted_needs_exemption", { ...PERMITTED, exemption: null }],
    ["permitted_needs_exemption", withExemption({ candidateIds: [] })],
    ["exemption_covers_others", withExemption({ candidateIds: ["cnd_a", "cnd_b"] })],
    ["exemption_covers_others", withExemption({ candidateIds: ["cnd_a", "cnd_a"] })],
    ["exemption_reason_not_allowed", withExemption({ reason: "same_face" })],
    ["exemption_note_missing", withExemption({ note: " \n" })],
    ["exemption_expired", withExemption({ expiresAt: NOW })],
    ["exemption_expired", withExemption({ expiresAt: new Date(Number.NaN) })],
    ["exemption_too_long", withExemption({ expiresAt: new Date("2031-11-02T09:00:00.001Z") })],
  ])("%s", (refusal, form) => {
    expect(refusalOf(form)).toBe(refusal);
  });

  test("five years to the millisecond are allowed", () => {
    const expiresAt = new Date("2031-11-02T09:00:00.000Z");
    expect(refusalOf(withExemption({ expiresAt }))).toBeUndefined();
  });

  test("one in force needs no new one", () => {
    const shown = FACTS.shown.map((each) => ({ ...each, exempt: true }));
    const form: DecisionForm = { ...PERMITTED, exemption: null };
    expect(checkDecision(form, { ...FACTS, shown })).toMatchObject({
      ok: true,
      value: { newlyExempt: new Set() },
    });
  });
});

describe("what an inconclusive decision asks for", () => {
  test.each<[DecisionRefusal, Partial<DecisionForm>]>([
    ["route_missing", { inconclusiveRoute: null }],
    ["question_missing", { question: null }],
    ["question_missing", { question: " \n " }],
    ["question_only_for_lead", { inconclusiveRoute: "new_capture" }],
  ])("%s", (refusal, change) => {
    expect(refusalOf({ ...INCONCLUSIVE, ...change })).toBe(refusal);
  });

  test("other outcomes ask for nothing", () => {
    expect(refusalOf({ ...DUPLICATE, inconclusiveRoute: "lead" })).toBe(
      "route_only_when_inconclusive",
    );
    expect(refusalOf({ ...DUPLICATE, question: "Who?" })).toBe("question_only_for_lead");
  });
});

describe("texts", () => {
  test("what harms needs a rationale in words", () => {
    expect(refusalOf({ ...DUPLICATE, rationale: "  \t" })).toBe("rationale_missing");
    const mule: DecisionForm = {
      ...DUPLICATE,
      outcome: "identity_mule",
      reasons: ["fronted_account"],
    };
    expect(refusalOf({ ...mule, rationale: "" })).toBe("rationale_missing");
    expect(refusalOf(mule)).toBeUndefined();
  });

  test("a ready-made sentence has to be finished, whatever the outcome", () => {
    expect(refusalOf({ ...DUPLICATE, rationale: "Seen.\nThese agree: " })).toBe(
      "rationale_unfinished",
    );
    expect(refusalOf({ ...PERMITTED, rationale: "见于：" })).toBe("rationale_unfinished");
    expect(refusalOf({ ...DUPLICATE, rationale: "These agree:\n- both ears" })).toBeUndefined();
  });

  test("length counts characters, not UTF-16 units", () => {
    expect(refusalOf({ ...DUPLICATE, rationale: "𠮷".repeat(MAX_TEXT) })).toBeUndefined();
    expect(refusalOf({ ...DUPLICATE, rationale: "a".repeat(MAX_TEXT + 1) })).toBe("text_too_long");
    const note = "a".repeat(MAX_TEXT + 1);
    expect(refusalOf({ ...PERMITTED, exemption: { ...EXEMPTION, note } })).toBe("text_too_long");
  });

  test("a lone surrogate is refused, since it could not be read back as written", () => {
    expect(refusalOf({ ...DUPLICATE, rationale: "\ud83d" })).toBe("text_broken");
  });
});

test("whatever is accepted keeps the words' own rules", () => {
  let accepted = 0;
  const candidate = fc.record({
    rating: fc.constantFrom(...RATINGS),
    exempt: fc.boolean(),
    finding: fc.constantFrom(...FINDINGS),
    exempted: fc.boolean(),
  });
  fc.assert(
    fc.property(
      fc.array(candidate, { maxLength: 3 }),
      fc.constantFrom(...OUTCOMES),
      fc.boolean(),
      (candidates, outcome, records) => {
        const named = candidates.map((each, index) => ({ ...each, candidateId: `cnd_${index}` }));
        const form: DecisionForm = {
          outcome,
          findings: named.map(({ candidateId, finding }) => ({ candidateId, finding })),
          reasons: reasonsAllowed(outcome, POLICY_V1.base.reasonCodes).slice(0, 1),
          rationale: "Why.",
          exemption: records
            ? {
                ...EXEMPTION,
                candidateIds: named.flatMap((each) => (each.exempted ? [each.candidateId] : [])),
              }
            : null,
          inconclusiveRoute: outcome === "inconclusive" ? "new_capture" : null,
          question: null,
        };
        const result = checkDecision(form, { ...FACTS, shown: named });
        if (!result.ok) return;
        accepted += 1;
        for (const each of named) {
          if (each.finding === "same") expect(each.rating).toBeGreaterThanOrEqual(1);
          if (each.finding === "different") expect(each.rating).toBeLessThanOrEqual(-1);
        }
        const { same, newlyExempt } = result.value;
        const uncovered = named.filter(
          (each) =>
            same.has(each.candidateId) && !each.exempt && !newlyExempt.has(each.candidateId),
        );
        if (outcome === "duplicate") expect(uncovered.length).toBeGreaterThan(0);
        if (outcome === "permitted_second_account") expect(uncovered).toEqual([]);
        else expect(newlyExempt.size).toBe(0);
        expect([...newlyExempt].every((each) => same.has(each))).toBe(true);
      },
    ),
    { numRuns: 3_000, seed: 20261102 },
  );
  expect(accepted).toBeGreaterThan(300);
});

test("each refusal is a sentence", () => {
  for (const sentence of Object.values(DECISION_REFUSALS))
    expect(sentence).toMatch(/^[A-Z“].*\.$/u);
});

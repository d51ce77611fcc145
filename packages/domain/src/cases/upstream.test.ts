import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { type Stage, STAGES, stageOf, ROUNDS } from "./stage.ts";
import { type CaseState, effectiveDecision, type StandingDecision, undo } from "./transition.ts";
import { CANCELLED_WORDS } from "../queue/cancelled.ts";
import {
  changeByUpstream,
  REOPENERS,
  UPSTREAM_KINDS,
  UPSTREAM_REFUSALS,
  type UpstreamEffect,
  type UpstreamRefusal,
} from "./upstream.ts";

const AT = 1_000_000;
const ALWAYS = { reopenSettledOn: REOPENERS };
const NEVER = { reopenSettledOn: [] };

const decision = (undoUntil: number, cycle = 1): StandingDecision => ({
  id: "dec_1",
  by: "ann",
  round: "first",
  outcome: "distinct",
  same: new Set(),
  newlyExempt: new Set(),
  cycle,
  undoUntil,
  isFinal: true,
});

function caseAt(stage: Stage, decisions: readonly StandingDecision[] = []): CaseState {
  const due = ROUNDS.find((round) => stageOf(round) === stage) ?? null;
  return { stage, cycle: 3, due, decisions, upstreamCycle: 0 };
}

/** What comes of each message in each stage, with a policy that reopens and one that doesn't. */
const TABLE: Readonly<Record<Stage, Readonly<Record<string, UpstreamEffect | UpstreamRefusal>>>> = {
  first: open("review_restarted"),
  second: open("review_restarted"),
  adjudication: open("review_restarted"),
  awaiting_capture: { ...open("review_restarted"), matcher_run: "kept", matcher_run_never: "kept" },
  settled: {
    matcher_run: "reopened",
    evidence: "reopened",
    matcher_run_never: "kept",
    evidence_never: "kept",
    withdrawal: "case_settled",
    withdrawal_never: "case_settled",
  },
  withdrawn: closed("withdrawn_already"),
  lapsed: closed("case_lapsed"),
};

function open(effect: UpstreamEffect): Record<string, UpstreamEffect> {
  return {
    matcher_run: effect,
    evidence: effect,
    matcher_run_never: effect,
    evidence_never: effect,
    withdrawal: "withdrawn",
    withdrawal_never: "withdrawn",
  };
}
function closed(refusal: UpstreamRefusal): Record<string, UpstreamRefusal> {
  return Object.fromEntries(
    UPSTREAM_KINDS.flatMap((kind) => [
      [kind, refusal],
      [`${kind}_never`, refusal],
    ]),
  );
}

describe("every stage × message × policy", () => {
  const table = STAGES.flatMap((stage) =>
    UPSTREAM_KINDS.flatMap((kind) => [
      { stage, kind, reopens: true },
      { stage, kind, reopens: false },
    ]),
  );
  test.each(table)("$stage, $kind, reopens: $reopens", ({ stage, kind, reopens }) => {
    const before = caseAt(stage, [decision(AT - 1)]);
    const result = changeByUpstream(before, { kind, at: AT }, reopens ? ALWAYS : NEVER);
    const expected = TABLE[stage][reopens ? kind : `${kind}_never`];
    if (!result.ok) {
      expect(result.refusal).toBe(expected);
      return;
    }
    const { state, effect } = result.value;
    expect(effect).toBe(expected);
    // Nothing that was decided goes, and nobody may take it back any more.
    expect(state.decisions).toBe(before.decisions);
    expect(state.upstreamCycle).toBe(before.cycle);
    const place = { stage: state.stage, cycle: state.cycle, due: state.due };
    if (effect === "withdrawn") expect(place).toEqual({ stage: "withdrawn", cycle: 3, due: null });
    else if (effect === "kept") expect(place).toEqual({ stage, cycle: 3, due: before.due });
    else expect(place).toEqual({ stage: "first", cycle: 4, due: "first" });
  });
});

test("of a decision that may still be undone, a withdrawal is told nothing, to the millisecond", () => {
  const settled = (undoUntil: number) =>
    changeByUpstream(
      caseAt("settled", [decision(undoUntil)]),
      { kind: "withdrawal", at: AT },
      ALWAYS,
    );
  expect(settled(AT + 1)).toEqual({ ok: false, refusal: "being_decided" });
  expect(settled(AT)).toEqual({ ok: false, refusal: "case_settled" });
});

test("policy may reopen for one kind of news only", () => {
  const only = { reopenSettledOn: ["evidence"] as const };
  const effect = (kind: "matcher_run" | "evidence") => {
    const result = changeByUpstream(caseAt("settled"), { kind, at: AT }, only);
    return result.ok ? result.value.effect : result.refusal;
  };
  expect([effect("matcher_run"), effect("evidence")]).toEqual(["kept", "reopened"]);
});

test("no decision made before a message can be undone after it, and the last effective one holds", () => {
  fc.assert(
    fc.property(
      fc.constantFrom(...STAGES),
      fc.constantFrom(...UPSTREAM_KINDS),
      fc.boolean(),
      (stage, kind, reopens) => {
        const before = { ...caseAt(stage, [decision(AT + 5, 3)]) };
        const result = changeByUpstream(before, { kind, at: AT }, reopens ? ALWAYS : NEVER);
        if (!result.ok) return;
        const { state } = result.value;
        const undone = undo(state, { id: "dec_1", by: "ann", at: AT + 1 });
        expect(undone.ok ? undefined : undone.refusal).toBe(
          state.stage === "withdrawn" ? "case_closed" : "overtaken",
        );
        expect(effectiveDecision(state, AT + 5)?.id).toBe("dec_1");
      },
    ),
  );
});

test("what is decided in the new cycle can be undone as ever", () => {
  const result = changeByUpstream(caseAt("first"), { kind: "evidence", at: AT }, ALWAYS);
  if (!result.ok) throw new Error(result.refusal);
  const after = { ...result.value.state, decisions: [decision(AT + 10, 4)] };
  expect(undo(after, { id: "dec_1", by: "ann", at: AT + 1 })).toMatchObject({
    ok: true,
    value: { cycle: 4, due: "first", upstreamCycle: 3 },
  });
});

test("each refusal, and each word to whoever lost their lease, is a sentence", () => {
  for (const sentence of [...Object.values(UPSTREAM_REFUSALS), ...Object.values(CANCELLED_WORDS)]) {
    expect(sentence).toMatch(/^[A-Z].*\.$/u);
    // Neither round, cycle nor anything of the machine's opinion.
    expect(sentence).not.toMatch(/cycle|round|score|\d/);
  }
});

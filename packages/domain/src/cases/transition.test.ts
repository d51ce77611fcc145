import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { can, STAFF_ROLES, type StaffRole } from "../access/roles.ts";
import { isHarmful, type Outcome } from "../decisions/outcome.ts";
import { INCONCLUSIVE_ROUTES, needsTwo } from "./next-stage.ts";
import { isAdjudication, ROUNDS, type Stage } from "./stage.ts";
import { changeByUpstream, REOPENERS, UPSTREAM_KINDS } from "./upstream.ts";
import {
  type CaseState,
  decide,
  type Decide,
  effectiveDecision,
  type Judge,
  TRANSITION_REFUSALS,
  undo,
} from "./transition.ts";

const FRESH: CaseState = {
  stage: "first",
  cycle: 1,
  due: "first",
  decisions: [],
  upstreamCycle: 0,
};
const NO_ASKS = { secondRoundOutcomes: [], sampled: false } as const;
const UNDO_MS = 10_000;

let made = 0;
function decision(by: Judge, at: number, outcome: Outcome, same = ""): Decide {
  made += 1;
  return {
    id: `dec_${made}`,
    by,
    verdict: { outcome, same: new Set(same), newlyExempt: new Set() },
    inconclusiveRoute: "lead",
    at,
    undoUntil: at + UNDO_MS,
  };
}

function decided(state: CaseState, command: Decide): CaseState {
  const result = decide(state, command, NO_ASKS);
  if (!result.ok) throw new Error(TRANSITION_REFUSALS[result.refusal]);
  return result.value.state;
}

const ann: Judge = { id: "ann", role: "reviewer" };
const ben: Judge = { id: "ben", role: "senior" };
const lea: Judge = { id: "lea", role: "lead" };

const PLACES: readonly CaseState[] = [
  ...ROUNDS.map((due): CaseState => {
    const stage: Stage = due === "second_adjudication" ? "adjudication" : due;
    return { stage, cycle: 1, due, decisions: [], upstreamCycle: 0 };
  }),
  ...(["awaiting_capture", "settled", "withdrawn", "lapsed"] as const).map((stage): CaseState => ({
    stage,
    cycle: 1,
    due: null,
    decisions: [],
    upstreamCycle: 0,
  })),
];

describe("every stage × decide × role", () => {
  const table = PLACES.flatMap((state) => STAFF_ROLES.map((role) => ({ state, role })));
  test.each(table)("$state.stage ($state.due) by a $role", ({ state, role }) => {
    const result = decide(state, decision({ id: "who", role }, 0, "distinct"), NO_ASKS);
    const expected = !can(role, "case.judge").allowed
      ? "may_not_judge"
      : state.due === null
        ? "no_round_due"
        : isAdjudication(state.due) && role !== "lead"
          ? "leads_only"
          : undefined;
    expect(result.ok ? undefined : result.refusal).toBe(expected);
  });
});

describe("every stage × undo × time and person", () => {
  const stages = [
    "first",
    "second",
    "adjudication",
    "awaiting_capture",
    "settled",
    "withdrawn",
    "lapsed",
  ] as const;
  const table = stages.flatMap((stage) =>
    (["in time", "at the deadline", "somebody else", "unknown"] as const).map((how) => ({
      stage,
      how,
    })),
  );
  test.each(table)("$stage, $how", ({ stage, how }) => {
    const after = { ...decided(FRESH, { ...decision(ann, 0, "distinct"), id: "dec_x" }), stage };
    const result = undo(after, {
      id: how === "unknown" ? "dec_y" : "dec_x",
      by: how === "somebody else" ? "ben" : "ann",
      at: how === "at the deadline" ? UNDO_MS : UNDO_MS - 1,
    });
    const closed = stage === "withdrawn" || stage === "lapsed";
    if (how === "in time" && !closed) {
      expect(result).toEqual({ ok: true, value: FRESH });
      return;
    }
    expect(result.ok ? undefined : result.refusal).toBe(
      {
        "in time": "case_closed",
        "at the deadline": "undo_too_late",
        "somebody else": "not_the_author",
        unknown: "no_such_decision",
      }[how],
    );
  });
});

test("undo leads back to the very state before, whatever was decided", () => {
  for (const outcome of ["duplicate", "distinct", "inconclusive", "identity_mule"] as const) {
    for (const route of INCONCLUSIVE_ROUTES) {
      const command = { ...decision(ann, 0, outcome, "A"), inconclusiveRoute: route };
      const back = undo(decided(FRESH, command), { id: command.id, by: "ann", at: 1 });
      expect(back).toEqual({ ok: true, value: FRESH });
    }
  }
});

test("undoing what began a new cycle leads back into the old one", () => {
  let state = decided(FRESH, decision(ann, 0, "duplicate", "A"));
  state = decided(state, decision(ben, UNDO_MS, "distinct"));
  state = decided(state, decision(lea, 2 * UNDO_MS, "identity_mule"));
  const before = state;
  const alone = decision({ id: "leo", role: "lead" }, 3 * UNDO_MS, "duplicate", "B");
  state = decided(state, alone);
  expect(state).toMatchObject({ stage: "first", cycle: 2, due: "first" });
  expect(effectiveDecision(state, 10 * UNDO_MS)).toBeUndefined();
  expect(undo(state, { id: alone.id, by: "leo", at: 3 * UNDO_MS + 1 })).toEqual({
    ok: true,
    value: before,
  });
});

test("nobody decides a second round of a case that they decided", () => {
  const state = decided(FRESH, decision(ann, 0, "duplicate", "A"));
  const again = decide(state, decision(ann, UNDO_MS, "duplicate", "A"), NO_ASKS);
  expect(again).toEqual({ ok: false, refusal: "judged_already" });
});

test("a round can't be decided while the one before can be undone", () => {
  const state = decided(FRESH, decision(ann, 0, "duplicate", "A"));
  const early = decide(state, decision(ben, UNDO_MS - 1, "duplicate", "A"), NO_ASKS);
  expect(early).toEqual({ ok: false, refusal: "not_settled_yet" });
});

test("only the newest decision can be undone", () => {
  const long = { ...decision(ann, 0, "duplicate", "A"), undoUntil: 1 };
  let state = decided(FRESH, long);
  state = decided(state, decision(ben, 1, "duplicate", "A"));
  state = { ...state, decisions: state.decisions.map((each) => ({ ...each, undoUntil: 100 })) };
  expect(undo(state, { id: long.id, by: "ann", at: 2 })).toEqual({
    ok: false,
    refusal: "not_the_newest",
  });
});

test("a decision is effective when the last round asked for can't be undone, not before", () => {
  let state = decided(FRESH, decision(ann, 0, "duplicate", "A"));
  expect(effectiveDecision(state, 1e9)).toBeUndefined();
  state = decided(state, decision(ben, UNDO_MS, "duplicate", "A"));
  expect(effectiveDecision(state, 2 * UNDO_MS - 1)).toBeUndefined();
  expect(effectiveDecision(state, 2 * UNDO_MS)).toMatchObject({ by: "ben", outcome: "duplicate" });
});

describe("whatever people do, in any order and at any time", () => {
  const roles: readonly StaffRole[] = ["reviewer", "reviewer", "senior", "lead", "lead", "auditor"];
  const act = fc.record({
    who: fc.nat({ max: roles.length - 1 }),
    wait: fc.constantFrom(0, 1, UNDO_MS - 1, UNDO_MS),
    what: fc.constantFrom("decide", "decide", "decide", "decide", "undo", "upstream"),
    news: fc.constantFrom(...UPSTREAM_KINDS.slice(0, 2)),
    outcome: fc.constantFrom<Outcome>(
      "duplicate",
      "permitted_second_account",
      "distinct",
      "inconclusive",
      "identity_mule",
    ),
    same: fc.constantFrom("", "A", "AB"),
    exempt: fc.boolean(),
    route: fc.constantFrom(...INCONCLUSIVE_ROUTES),
    sampled: fc.boolean(),
  });

  test("no harmful outcome and no new exemption becomes effective by one person", () => {
    let effective = 0;
    fc.assert(
      fc.property(fc.array(act, { maxLength: 14 }), (acts) => {
        let state = FRESH;
        let now = 0;
        let count = 0;
        for (const each of acts) {
          now += each.wait;
          const role = roles[each.who] ?? "reviewer";
          const by = { id: `usr_${each.who}`, role };
          if (each.what === "upstream") {
            const policy = { reopenSettledOn: each.sampled ? REOPENERS : [] };
            const result = changeByUpstream(state, { kind: each.news, at: now }, policy);
            if (result.ok) state = result.value.state;
          } else if (each.what === "undo") {
            const newest = state.decisions.at(-1);
            const result = undo(state, { id: newest?.id ?? "", by: by.id, at: now });
            if (result.ok) state = result.value;
          } else {
            count += 1;
            const result = decide(
              state,
              {
                id: `dec_${count}`,
                by,
                verdict: {
                  outcome: each.outcome,
                  same: new Set(each.same),
                  newlyExempt: new Set(
                    each.outcome === "permitted_second_account" && each.exempt ? each.same : "",
                  ),
                },
                inconclusiveRoute: each.route,
                at: now,
                undoUntil: now + UNDO_MS,
              },
              { secondRoundOutcomes: [], sampled: each.sampled },
            );
            if (result.ok) state = result.value.state;
          }
          const holds = effectiveDecision(state, now);
          if (holds === undefined || !needsTwo(holds)) continue;
          effective += 1;
          const others = state.decisions.filter(
            (other) =>
              other.cycle === holds.cycle &&
              other.by !== holds.by &&
              other.outcome === holds.outcome &&
              [...other.same].toSorted().join("") === [...holds.same].toSorted().join("") &&
              [...holds.newlyExempt].every((candidate) => other.newlyExempt.has(candidate)),
          );
          expect(others.length).toBeGreaterThan(0);
        }
        const authors = state.decisions.map((each) => each.by);
        expect(new Set(authors).size).toBe(authors.length);
      }),
      { numRuns: 3_000, seed: 20261101 },
    );
    // Else the property would hold because nothing ever took effect.
    expect(effective).toBeGreaterThan(50);
  });
});

test("each refusal is a sentence that says what to do or why not", () => {
  for (const sentence of Object.values(TRANSITION_REFUSALS))
    expect(sentence).toMatch(/^[A-Z].*\.$/u);
  expect(isHarmful("duplicate")).toBe(true);
});

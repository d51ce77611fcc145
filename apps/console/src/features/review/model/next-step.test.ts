import type { Rating } from "@secondlook/domain/judging/rating";
import { describe, expect, it } from "vitest";
import { NOW, REVEAL } from "../../../../test-support/review-desk.ts";
import { candidate, workCase } from "../../../../test-support/work-case.ts";
import type { Bench } from "./bench.ts";
import {
  chooseOutcome,
  cycleFinding,
  goTo,
  judgementTaken,
  rate,
  toggleAmending,
  toggleMissing,
  toggleReason,
  withForm,
} from "./changes.ts";
import { nextStep } from "./next-step.ts";
import { openBench } from "./open-bench.ts";

const now = new Date(NOW);
const kindOf = (bench: Bench) => nextStep(bench, now).kind;

function revealed(...ratings: Parameters<typeof rate>[1][]): Bench {
  const candidates = ratings.map((rating, index) => candidate(String(index), rating));
  return { ...openBench(workCase("A", { candidates })), reveal: REVEAL };
}

describe("the next step", () => {
  it("is to rate, and where one can't tell to say what is missing", () => {
    const unseen = openBench(workCase("A"));
    const open = { ...unseen, looked: unseen.work.candidates.map((each) => each.candidateId) };
    expect(kindOf(rate(unseen, -1))).toBe("look");
    expect(kindOf(open)).toBe("rate");
    expect(kindOf(rate(open, 0))).toBe("say_missing");
    expect(kindOf(toggleMissing(rate(open, 0), "pose_differs"))).toBe("seal");
    expect(kindOf(rate(open, -1))).toBe("seal");
  });

  it("is the reveal where there is no candidate, once the probe was seen", () => {
    const unseen = openBench(workCase("A", { candidates: [] }));
    expect(kindOf(unseen)).toBe("look");
    expect(kindOf({ ...unseen, looked: ["probe"] })).toBe("go_on");
  });

  it("leads through the decision, one gap at a time", () => {
    const bench = revealed(2);
    expect(kindOf(bench)).toBe("choose_outcome");
    const chosen = chooseOutcome(bench, "duplicate");
    expect(nextStep(chosen, now)).toMatchObject({ kind: "fill", gap: "reason" });
    const reasoned = toggleReason(chosen, "same_face");
    expect(nextStep(reasoned, now)).toMatchObject({ kind: "fill", gap: "rationale" });
    const written = withForm(reasoned, { rationale: "The ears agree." });
    expect(kindOf(written)).toBe("confirm");
    expect(kindOf({ ...written, armed: true })).toBe("decide");
  });

  it("asks what should follow an inconclusive outcome", () => {
    const chosen = toggleReason(chooseOutcome(revealed(0), "inconclusive"), "cannot_tell");
    expect(nextStep(chosen, now)).toMatchObject({ kind: "fill", gap: "route" });
    const toLead = withForm(chosen, { route: "lead" });
    expect(nextStep(toLead, now)).toMatchObject({ kind: "fill", gap: "question" });
    expect(kindOf(withForm(toLead, { question: "Is it a twin?" }))).toBe("decide");
    expect(kindOf(withForm(chosen, { route: "new_capture" }))).toBe("decide");
  });

  it("asks why, until when and what need it is for a permitted second account", () => {
    const chosen = chooseOutcome(revealed(3), "permitted_second_account");
    expect(nextStep(chosen, now)).toMatchObject({ kind: "fill", gap: "reason" });
    const reasoned = toggleReason(chosen, "exemption_business");
    expect(nextStep(reasoned, now)).toMatchObject({ kind: "fill", gap: "expiry" });
    const until = (expiresOn: string, note = "A bakery, in the register.") =>
      withForm(reasoned, { exemption: { note, expiresOn } });
    expect(nextStep(until("2027-11-23", " "), now)).toMatchObject({ kind: "fill", gap: "note" });
    expect(kindOf(until("2027-11-23"))).toBe("decide");
    expect(nextStep(until("2026-11-01"), now)).toMatchObject({ kind: "fill", gap: "expiry" });
    expect(nextStep(until("2032-11-01"), now)).toMatchObject({ kind: "fill", gap: "expiry" });
  });

  it("leads to a rationale that was taken over for another outcome", () => {
    const duplicate = toggleReason(chooseOutcome(revealed(2), "duplicate"), "same_face");
    const mule = "The account is run by somebody else; seen in: the clip";
    expect(nextStep(withForm(duplicate, { rationale: mule }), now)).toMatchObject({
      kind: "fill",
      gap: "rationale",
      message: expect.stringContaining("goes with another reason"),
    });
  });

  it("says what contradicts an outcome instead of sending it", () => {
    const distinct = toggleReason(chooseOutcome(revealed(-2, 2), "distinct"), "relatives");
    expect(kindOf(distinct)).toBe("fix");
  });
});

describe("findings", () => {
  it("follow the rating and never contradict it", () => {
    const bench = revealed(2);
    const [one] = bench.work.candidates;
    if (one === undefined) throw new Error("no candidate");
    const changed = cycleFinding(bench, one);
    expect(changed.form.findings[one.candidateId]).toBe("unresolved");
    expect(cycleFinding(changed, one).form.findings[one.candidateId]).toBe("same");
  });

  it("of a choice end with another rating, and stay with the same one", () => {
    const bench = withForm(revealed(2), { findings: { cnd_0: "unresolved" } });
    const amend = (rating: Rating) =>
      judgementTaken(bench, "cnd_0", { rating, components: {}, missing: [] }).form.findings;
    expect(amend(-2)).toEqual({});
    expect(amend(2)).toEqual({ cnd_0: "unresolved" });
  });

  it("fall back to the rating once an amendment contradicts them", () => {
    const bench = withForm(revealed(2), { findings: { cnd_0: "same" } });
    const amended = judgementTaken(bench, "cnd_0", { rating: -1, components: {}, missing: [] });
    expect(amended.form.findings).toEqual({});
    expect(amended.work.candidates[0]?.sealed?.rating).toBe(2);
    expect(amended.work.candidates[0]?.amendments).toHaveLength(1);
  });
});

describe("going about", () => {
  it("does not lead past the first candidate that is not sealed", () => {
    const candidates = [candidate("1", 2), candidate("2"), candidate("3")];
    const bench = openBench(workCase("A", { candidates }));
    expect(bench.position).toBe(1);
    expect(goTo(bench, 2).position).toBe(1);
    expect(goTo(bench, 0).position).toBe(0);
  });

  it("amends only what is sealed, and Enter records it", () => {
    const open = openBench(workCase("A"));
    expect(toggleAmending(open)).toBe(open);
    const amending = toggleAmending(revealed(2));
    expect(kindOf(rate(amending, -1))).toBe("amend");
    expect(kindOf(amending)).toBe("leave_amending");
    expect(kindOf(rate(rate(amending, -1), 2))).toBe("leave_amending");
  });
});

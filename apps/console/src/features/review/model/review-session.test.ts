import { describe, expect, it } from "vitest";
import { refusal, settled, testDesk } from "../../../../test-support/review-desk.ts";
import { candidate, workCase } from "../../../../test-support/work-case.ts";
import type { Bench } from "./bench.ts";
import { chooseOutcome, rate, toggleReason, withForm } from "./changes.ts";
import { draftOf, openBench } from "./open-bench.ts";
import type { ReviewSession } from "./review-session.ts";

const asleep = { sinceLast: () => false };

function benchOf(session: ReviewSession): Bench {
  const { bench } = session.state.get();
  if (bench === null) throw new Error("nothing is on the bench");
  return bench;
}

/** Seals, reveals and fills in a decision, up to the last Enter. */
async function fillIn(session: ReviewSession, outcome: "distinct" | "duplicate" = "distinct") {
  session.start(asleep);
  await settled();
  session.look();
  session.edit((bench) => rate(bench, outcome === "distinct" ? -2 : 2));
  await session.enter();
  await session.enter();
  session.edit((bench) => chooseOutcome(bench, outcome));
  session.edit((bench) => toggleReason(bench, outcome === "distinct" ? "relatives" : "same_face"));
  session.edit((bench) => withForm(bench, { rationale: "The ears agree." }));
}

describe("Enter does the one next step", () => {
  it("seals, reveals, decides and takes the next case, each once", async () => {
    const { session, calls } = testDesk();
    await fillIn(session);
    await session.enter();
    const reads = ["attributes", "openCandidate", "undoable"];
    const writes = calls.filter((call) => !reads.includes(call));
    expect(writes).toEqual(["claimNext", "seal", "reveal", "submit", "claimNext"]);
  });

  it("asks for nothing of the machine's before every candidate is sealed", async () => {
    const active = workCase("A", { candidates: [candidate("1"), candidate("2")] });
    const { session, calls } = testDesk({
      claimNext: async () => ({ state: "work", active, reserved: null }),
    });
    session.start(asleep);
    await settled();
    session.look();
    session.edit((bench) => rate(bench, 2));
    await session.enter();
    await session.enter();
    expect(benchOf(session).position).toBe(1);
    await session.enter();
    expect(calls).not.toContain("reveal");
    session.look();
    session.edit((bench) => rate(bench, -2));
    await session.enter();
    await session.enter();
    expect(calls).toContain("reveal");
  });

  it("seals nothing that was never seen uncovered", async () => {
    const { session, calls } = testDesk();
    session.start(asleep);
    await settled();
    session.edit((bench) => rate(bench, 3));
    await session.enter();
    expect(calls).not.toContain("seal");
    expect(session.state.get().hint).toBe("You have not looked yet: hold Space or press b.");
    session.look();
    await session.enter();
    expect(calls).toContain("seal");
  });

  it("starts the server's count of a look when the pair is seen, once for each pair", async () => {
    const active = workCase("A", { candidates: [candidate("1"), candidate("2")] });
    const { session, calls } = testDesk({
      claimNext: async () => ({ state: "work", active, reserved: null }),
    });
    const opened = () => calls.filter((call) => call === "openCandidate").length;
    session.start(asleep);
    await settled();
    expect(opened()).toBe(0);
    session.look();
    session.look();
    expect(opened()).toBe(1);
    session.edit((bench) => rate(bench, 2));
    await session.enter();
    await session.enter();
    expect(opened()).toBe(1);
    session.edit((bench) => rate(bench, 2));
    await session.enter();
    expect(calls.filter((call) => call === "seal")).toHaveLength(1);
    session.look();
    expect(opened()).toBe(2);
  });

  it("reveals nothing of a case without candidates before its probe was seen", async () => {
    const active = workCase("A", { candidates: [] });
    const { session, calls } = testDesk({
      claimNext: async () => ({ state: "work", active, reserved: null }),
    });
    session.start(asleep);
    await settled();
    await session.enter();
    expect(calls).not.toContain("reveal");
    session.look();
    await session.enter();
    expect(calls).toContain("reveal");
    expect(calls).not.toContain("openCandidate");
  });

  it("takes a second stroke to harm", async () => {
    const { session, calls } = testDesk();
    await fillIn(session, "duplicate");
    await session.enter();
    expect(calls).not.toContain("submit");
    expect(benchOf(session).armed).toBe(true);
    await session.enter();
    expect(calls).toContain("submit");
  });

  it("forgets the first stroke once something is changed", async () => {
    const { session, calls } = testDesk();
    await fillIn(session, "duplicate");
    await session.enter();
    session.edit((bench) => withForm(bench, { rationale: "On second thoughts." }));
    await session.enter();
    expect(calls).not.toContain("submit");
  });

  it("says calmly that a look was too short, and seals at the next press", async () => {
    let early = true;
    const { session } = testDesk({
      seal: async () => {
        if (!early) return {};
        early = false;
        throw refusal("viewed_too_short");
      },
    });
    session.start(asleep);
    await settled();
    session.look();
    session.edit((bench) => rate(bench, 1));
    await session.enter();
    expect(session.state.get().hint).toContain("viewed_too_short");
    await session.enter();
    expect(benchOf(session).work.candidates[0]?.sealed?.rating).toBe(1);
  });

  it("seals once where the first answer was lost on its way", async () => {
    let tries = 0;
    const { session, calls } = testDesk({
      claimNext: async () => ({
        state: "work",
        active: workCase("A", { candidates: [candidate("1", tries > 1 ? 1 : null)] }),
        reserved: null,
      }),
      seal: async () => {
        tries += 1;
        if (tries === 1) throw new TypeError("network");
        throw refusal("already_sealed");
      },
    });
    session.start(asleep);
    await settled();
    session.look();
    session.edit((bench) => rate(bench, 1));
    await session.enter();
    expect(calls.filter((call) => call === "seal")).toHaveLength(2);
    expect(benchOf(session).work.candidates[0]?.sealed?.rating).toBe(1);
  });
});

it("takes nothing that was still typed for the last case as a rating of the next", async () => {
  let claims = 0;
  const { session } = testDesk({
    claimNext: async () => {
      claims += 1;
      return { state: "work", active: workCase(claims === 1 ? "A" : "B"), reserved: null };
    },
  });
  const busy = new Set<string | null>();
  session.state.subscribe(() => busy.add(session.state.get().busy));
  await fillIn(session);
  expect(busy).not.toContain("settling");
  await session.enter();
  expect(benchOf(session).work.caseId).toBe("cas_B");
  expect(busy).toContain("settling");
  expect(session.state.get().busy).toBeNull();
});

it("sends what was typed last as the page goes away, though a draft is under way", async () => {
  const sent: string[] = [];
  const { session } = testDesk({
    saveDraft: (_lease, { rationale }) => {
      sent.push(rationale);
      return new Promise(() => undefined);
    },
  });
  session.start(asleep);
  await settled();
  session.edit((bench) => withForm(bench, { rationale: "The same" }));
  session.leave();
  session.edit((bench) => withForm(bench, { rationale: "The same mole." }));
  session.leave();
  expect(sent).toEqual(["The same", "The same mole."]);
});

describe("deciding", () => {
  it("paints the reserved case before the server has answered", async () => {
    const reserved = workCase("B");
    let answer: () => void = () => undefined;
    const { session } = testDesk({
      claimNext: async () => ({ state: "work", active: workCase("A"), reserved }),
      submit: () =>
        new Promise((resolve) => {
          answer = () => resolve({ decisionId: "dec_1", undoUntil: "2026-11-23T12:00:10.000Z" });
        }),
    });
    await fillIn(session);
    const deciding = session.enter();
    expect(session.state.get().busy).toBe("deciding");
    await settled();
    expect(benchOf(session).work.caseId).toBe("cas_B");
    answer();
    await deciding;
  });

  it("says so where a more urgent case comes than the one that was painted", async () => {
    let claims = 0;
    const { session, said } = testDesk({
      claimNext: async () => {
        claims += 1;
        return claims === 1
          ? { state: "work", active: workCase("A"), reserved: workCase("B") }
          : { state: "work", active: workCase("C"), reserved: workCase("B") };
      },
    });
    await fillIn(session);
    await session.enter();
    expect(benchOf(session).work.caseId).toBe("cas_C");
    expect(session.state.get().hint).toBe("A more urgent case came first.");
    expect(said.at(-1)).toContain("A more urgent case came first.");
  });

  it("brings the case back as it was where the decision is refused", async () => {
    const { session } = testDesk({
      claimNext: async () => ({ state: "work", active: workCase("A"), reserved: workCase("B") }),
      submit: async () => {
        throw refusal("invalid_decision", "The exemption would have ended already.");
      },
    });
    await fillIn(session);
    const before = benchOf(session).form;
    await session.enter();
    const { bench, reserved, hint } = session.state.get();
    expect(bench?.work.caseId).toBe("cas_A");
    expect(bench?.form).toEqual(before);
    expect(reserved?.caseId).toBe("cas_B");
    expect(hint).toContain("exemption");
  });

  it("does not fetch the reserved case's evidence twice when it is opened under another number", async () => {
    let claims = 0;
    const { session, fetched } = testDesk({
      claimNext: async () => {
        claims += 1;
        return claims === 1
          ? { state: "work", active: workCase("A"), reserved: workCase("B", { fence: 5 }) }
          : { state: "work", active: workCase("B", { fence: 6 }), reserved: null };
      },
    });
    await fillIn(session);
    await settled();
    await session.enter();
    await settled();
    expect(benchOf(session).work.fence).toBe(6);
    expect(fetched.filter((url) => url.includes("cas_B"))).toHaveLength(2);
    expect(new Set(fetched).size).toBe(fetched.length);
  });

  it("offers to undo what was decided just before the page was loaded anew, and it comes back as drafted", async () => {
    const draft = { ...draftOf(openBench(workCase("A")).form), rationale: "The same mole." };
    const { session, calls } = testDesk({
      claimNext: async () => ({ state: "work", active: workCase("B"), reserved: null }),
      undoable: async () => ({
        decisionId: "dec_7",
        caseId: "cas_Z",
        outcome: "duplicate",
        undoUntil: "2026-11-23T12:00:10.000Z",
      }),
      undo: async () => ({ state: "work", active: workCase("A", { draft }), reserved: null }),
    });
    session.start({ sinceLast: () => true })();
    session.start({ sinceLast: () => true });
    await settled();
    expect(session.state.get().undo).toMatchObject({ decisionId: "dec_7", outcome: "duplicate" });
    expect(calls.filter((call) => call === "undoable")).toHaveLength(1);
    await session.undo();
    await settled();
    expect(session.state.get().undo).toBeNull();
    expect(session.state.get().bench?.work.caseId).toBe("cas_A");
    expect(session.state.get().bench?.form.rationale).toBe("The same mole.");
  });

  it("brings the decided case back with all that was filled in when it is undone", async () => {
    let claims = 0;
    const { session, said } = testDesk({
      claimNext: async () => {
        claims += 1;
        return { state: "work", active: workCase(claims === 1 ? "A" : "B"), reserved: null };
      },
    });
    await fillIn(session);
    await session.enter();
    expect(session.state.get().undo).not.toBeNull();
    await session.undo();
    const bench = benchOf(session);
    expect([bench.work.caseId, bench.work.fence]).toEqual(["cas_A", 9]);
    expect(bench.form.rationale).toBe("The ears agree.");
    expect(session.state.get().undo).toBeNull();
    expect(said).toContain("Undone. The case is yours again.");
  });

  it("says that what was taken back was lost at once, and claims what is left", async () => {
    let claims = 0;
    const { session } = testDesk({
      claimNext: async () => {
        claims += 1;
        return { state: "work", active: workCase(claims === 1 ? "A" : "B"), reserved: null };
      },
      undo: async () => {
        throw refusal("lease_lost", "Taken back, and lost.");
      },
    });
    await fillIn(session);
    await session.enter();
    await session.undo();
    expect(session.state.get()).toMatchObject({ undo: null, hint: "Taken back, and lost." });
    expect(benchOf(session).work.caseId).toBe("cas_B");
    expect(claims).toBe(3);
  });

  it("stops where asked to, holding no case", async () => {
    const { session, calls } = testDesk();
    await fillIn(session);
    await session.enter({ stop: true });
    expect(calls.slice(-2)).toEqual(["submit", "pause"]);
    expect(session.state.get().phase).toBe("paused");
  });
});

import { claim, decide, draft, only, revealAll, sealSome } from "./acts.ts";
import { scenarios } from "./scenario.ts";
import type { World } from "../world.ts";

const DUPLICATE = {
  outcome: "duplicate",
  reason: "same_face",
  rationale: "The same mole beside the nose, in both photos and the clip.",
} as const;
const DISTINCT = {
  outcome: "distinct",
  reason: "lookalike",
  rationale: "The ears differ: one lobe is attached, the other free.",
} as const;

/** One candidate sealed and revealed by reviewer-1, and the decision written but not sent. */
async function readyToDecide(world: World): Promise<void> {
  await only(world, ["duplicate-hanoi"]);
  const person = await world.person("reviewer-1");
  const work = await claim(person);
  await revealAll(world, person, work, 3);
  await draft(person, work, {
    findings: Object.fromEntries(
      work.candidates.map(({ candidateId }) => [candidateId, "same" as const]),
    ),
    outcome: "duplicate",
    reasons: ["same_face"],
    rationale: DUPLICATE.rationale,
  });
}

/** Rounds, and how far one is with a case. */
export const judgingScenarios = scenarios({
  sealed: {
    title: "First of four candidates sealed",
    as: "reviewer-1",
    path: "/review",
    shows: "1 of 4 sealed",
    async prepare(world) {
      await only(world, ["many-candidates-saigon"]);
      const person = await world.person("reviewer-1");
      await sealSome(world, person, await claim(person), { rating: -2, count: 1 });
    },
  },
  revealed: {
    title: "All sealed and revealed",
    as: "reviewer-1",
    path: "/review",
    shows: "You and the machine",
    async prepare(world) {
      await only(world, ["many-candidates-saigon"]);
      const person = await world.person("reviewer-1");
      await revealAll(world, person, await claim(person), -2);
    },
  },
  "second-round": {
    title: "Second round, blind to the first",
    as: "reviewer-1",
    path: "/review",
    hint: "It looks as a first round does: nothing may tell them apart.",
    shows: "Review a possible duplicate",
    async prepare(world) {
      await only(world, ["duplicate-hanoi"]);
      const other = await world.person("reviewer-2");
      await decide(world, other, await claim(other), DUPLICATE);
    },
  },
  adjudication: {
    title: "Adjudication, sealed and revealed",
    as: "lead-1",
    path: "/review",
    shows: "What was decided before",
    async prepare(world) {
      await only(world, ["look-alike-berlin"]);
      const first = await world.person("reviewer-1");
      await decide(world, first, await claim(first), DUPLICATE);
      const second = await world.person("reviewer-2");
      await decide(world, second, await claim(second), DISTINCT);
      const lead = await world.person("lead-1");
      await revealAll(world, lead, await claim(lead), -2);
    },
  },
  "draft-recovered": {
    title: "Draft recovered",
    as: "reviewer-1",
    path: "/review",
    shows: "You and the machine",
    prepare: readyToDecide,
  },
  "decision-refused": {
    title: "Decision refused",
    as: "reviewer-1",
    path: "/review",
    hint: "Press Enter twice to decide; the answer is a refusal, once.",
    press: ["Enter", "Enter"],
    shows: "somebody reopened this case",
    async prepare(world) {
      await readyToDecide(world);
      world.on("decisions.submit", ({ before }) =>
        before > 0
          ? "pass"
          : {
              refuse: "conflict",
              message:
                "This was not taken: somebody reopened this case meanwhile. What you wrote is kept; look again and decide once more.",
            },
      );
    },
  },
  undo: {
    title: "Undo, with two minutes for it",
    as: "reviewer-1",
    path: "/review",
    hint: "Press Enter twice to decide; u takes it back.",
    press: ["Enter", "Enter"],
    shows: "Decided: Duplicate",
    async prepare(world) {
      await world.changePolicy({ undoSeconds: 120 });
      await readyToDecide(world);
    },
  },
  "case-page": {
    title: "Page of a settled case",
    as: "auditor-1",
    path: "/cases",
    shows: "Timeline",
    async prepare(world) {
      await only(world, ["duplicate-hanoi"]);
      const first = await world.person("reviewer-1");
      const work = await claim(first);
      await decide(world, first, work, DUPLICATE);
      const second = await world.person("reviewer-2");
      await decide(world, second, await claim(second), DUPLICATE);
      return `/cases/${work.caseId}`;
    },
  },
  audit: {
    title: "The log, as an auditor reads it",
    as: "auditor-1",
    path: "/audit",
    hint: "Choose a purpose first.",
    shows: "Choose what you read the log for.",
    async prepare(world) {
      await only(world, ["duplicate-hanoi"]);
      const person = await world.person("reviewer-1");
      await decide(world, person, await claim(person), DUPLICATE);
      await world.settle();
    },
  },
});

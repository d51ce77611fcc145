import { describe, expect, test } from "vitest";
import type { AuditEvent } from "./event.ts";
import { verifyExport } from "./verify-export.ts";
import { DAY, exportOf, leavesOf } from "../test-support/export.ts";
import { event } from "../test-support/events.ts";

async function findings(events: readonly AuditEvent[], tailSeconds = 10) {
  const report = await verifyExport(await exportOf(leavesOf(events)), { tailSeconds });
  return {
    problems: report.problems.map(({ code }) => code),
    warnings: report.warnings.map(({ code }) => code),
    sentences: [...report.problems, ...report.warnings].map(({ message }) => message),
  };
}

const seal = (n: number, inst?: `ins_${string}`) =>
  event(n, { kind: "session.end", outcome: "allowed", reason: "idle" }, inst);
const start = (inst?: `ins_${string}`) =>
  event(1, { kind: "emitter.start", outcome: "allowed" }, inst);
const without = (...numbers: number[]) => DAY.filter(({ src }) => !numbers.includes(src.n));

test("numbers in any order, with the rolled-back ones declared, are whole", async () => {
  expect(await findings(DAY.toReversed())).toMatchObject({ problems: [], warnings: [] });
});

describe("rows deleted before they were sealed into the tree", () => {
  test("an event of a process that stopped in order", async () => {
    const { problems, sentences } = await findings(without(4));
    expect(problems).toEqual(["emitter_gap"]);
    expect(sentences[0]).toContain("Process ins_A lacks number 4,");
  });

  test("the declaration of a rolled-back number: the number is missing then", async () => {
    const { problems, sentences } = await findings(without(7));
    expect(problems).toEqual(["emitter_gap"]);
    expect(sentences[0]).toContain("numbers 6 to 7");
  });

  test("the start", async () => {
    expect((await findings(without(1))).problems).toContain("emitter_unknown");
  });

  test("an event of a process that goes on: it is missing once the process wrote on long enough", async () => {
    const running = [start(), ...Array.from({ length: 30 }, (_, index) => seal(index + 3))];
    expect((await findings(running)).problems).toEqual(["emitter_gap"]);
    expect((await findings(running.slice(0, 5))).problems).toEqual([]);
    expect((await findings(running.slice(0, 5), 1)).problems).toEqual(["emitter_gap"]);
  });
});

describe("a process that never stopped", () => {
  test("is a warning: crash, n unknown", async () => {
    const { problems, warnings, sentences } = await findings(without(9));
    expect({ problems, warnings }).toEqual({ problems: [], warnings: ["emitter_open"] });
    expect(sentences[0]).toContain("crash, n unknown");
  });

  test("and lacks numbers in its last seconds: a warning too", async () => {
    const { problems, warnings } = await findings([start(), seal(2), seal(5)]);
    expect({ problems, warnings }).toEqual({
      problems: [],
      warnings: ["emitter_tail", "emitter_open"],
    });
  });
});

describe("numbers that can't be", () => {
  test("events put in under an unknown process", async () => {
    expect((await findings([...DAY, seal(1, "ins_B")])).problems).toEqual(["emitter_unknown"]);
  });

  test("one number for two events", async () => {
    const again = event(4, { kind: "session.end", outcome: "allowed", reason: "idle" });
    expect((await findings([...DAY, { ...again, eid: seal(4, "ins_Z").eid }])).problems).toEqual([
      "number_twice",
    ]);
  });

  test("events after the stop", async () => {
    expect((await findings([...DAY, seal(10)])).problems).toEqual(["emitter_order"]);
  });

  test("a stop with another number than its own, a start that is not the first", async () => {
    const stop = event(9, { kind: "emitter.stop", outcome: "allowed", last: 12 });
    expect((await findings([...without(9), stop])).problems).toEqual(["emitter_order"]);
    const late = [seal(1), event(2, { kind: "emitter.start", outcome: "allowed" })];
    expect((await findings(late)).problems).toEqual(["emitter_order"]);
  });

  test("a number declared void before it was used", async () => {
    const early = event(2, { kind: "emit.void", outcome: "allowed", voided: [9] });
    expect((await findings([start(), early])).problems).toEqual(["emitter_order"]);
  });

  test("a number declared void whose event is there, whichever comes first, is a warning", async () => {
    const voiding = (n: number) => event(n, { kind: "emit.void", outcome: "allowed", voided: [2] });
    const stop = event(4, { kind: "emitter.stop", outcome: "allowed", last: 4 });
    for (const events of [
      [start(), seal(2), voiding(3), stop],
      [start(), voiding(3), seal(2), stop],
    ]) {
      expect(await findings(events)).toMatchObject({ problems: [], warnings: ["void_present"] });
    }
  });
});

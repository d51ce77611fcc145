import type { EventBody } from "@secondlook/audit/event";
import { expect, test } from "vitest";
import { createDenials, type Denial } from "./denials.ts";
import type { Recorder } from "./recorder.ts";

/** Denials with what they wrote, on a clock and a log of the test's own. */
function bench() {
  const written: EventBody[] = [];
  const state = { seconds: 0, works: true };
  const recorder: Recorder = {
    committed: new Set(),
    transaction: () => Promise.reject(new Error("nothing here changes state")),
    read: (bodies) => {
      if (!state.works) return Promise.reject(new Error("the log is shut"));
      written.push(...bodies);
      return Promise.resolve();
    },
  };
  const denials = createDenials();
  const failed = { kind: "session.fail", outcome: "denied" } as const;
  const denial = (key: string): Denial => ({
    key,
    recorder,
    now: new Date(state.seconds * 1000),
    body: { ...failed, reason: key },
    many: (count) => ({ ...failed, reason: `${key}_flood`, count }),
  });
  return {
    denials,
    state,
    deny: async (key: string, times = 1): Promise<void> => {
      for (let n = 0; n < times; n += 1) await denials.note(denial(key));
    },
    /** Takes what was written since, by reason and count. */
    taken: () =>
      written
        .splice(0)
        .map((body) =>
          [
            "reason" in body ? body.reason : "",
            ...("count" in body ? [String(body.count)] : []),
          ].join(" "),
        ),
  };
}

test("twenty a minute are events of their own; the rest are one, with their count", async () => {
  const { deny, state, taken } = bench();
  await deny("a", 25);
  expect(taken()).toEqual(Array.from({ length: 20 }, () => "a"));
  state.seconds = 60;
  await deny("a");
  expect(taken()).toEqual(["a_flood 5", "a"]);
});

test("a count is written at the next denial by anybody, once its minute is over", async () => {
  const { deny, state, taken } = bench();
  await deny("a", 23);
  taken();
  state.seconds = 59;
  await deny("b");
  expect(taken()).toEqual(["b"]);
  state.seconds = 61;
  await deny("b");
  expect(taken()).toEqual(["a_flood 3", "b"]);
});

test("a stop writes every count there is, once", async () => {
  const { deny, denials, taken } = bench();
  await deny("a", 22);
  await deny("b", 21);
  await deny("c", 3);
  taken();
  await denials.flush();
  expect(taken()).toEqual(["a_flood 2", "b_flood 1"]);
  await denials.flush();
  expect(taken()).toEqual([]);
});

test("a count that the log did not take is kept", async () => {
  const { deny, denials, state, taken } = bench();
  await deny("a", 22);
  await deny("b", 22);
  taken();
  state.works = false;
  await expect(denials.flush()).rejects.toThrow("shut");
  state.works = true;
  await denials.flush();
  expect(taken()).toEqual(["a_flood 2", "b_flood 2"]);
});

test("a clock that is set back holds nothing back for longer", async () => {
  const { deny, state, taken } = bench();
  state.seconds = 100_000;
  await deny("a", 21);
  taken();
  state.seconds = 0;
  await deny("a");
  expect(taken()).toEqual(["a_flood 1", "a"]);
});

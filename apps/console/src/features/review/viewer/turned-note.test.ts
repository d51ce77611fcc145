import { expect, test } from "vitest";
import { flip, resetPlace, turn } from "./moves.ts";
import { turnedWords } from "./turned-note.tsx";
import { START } from "./viewer-state.ts";

test("a side says how it is mirrored and turned, and nothing where it is as it was taken", () => {
  const both = turn(START, Math.PI / 2);
  const probe = flip(turn({ ...both, target: "probe" }, -Math.PI));
  expect(turnedWords(START, "probe")).toBe("");
  expect(turnedWords(probe, "probe")).toBe(" · mirrored · turned 90° left");
  expect(turnedWords(probe, "candidate")).toBe(" · turned 90° right");
  expect(turnedWords(resetPlace(probe), "probe")).toBe("");
});

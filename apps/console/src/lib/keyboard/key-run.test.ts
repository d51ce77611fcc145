import { expect, test } from "vitest";
import { keyRun } from "./key-run.ts";

test("digits that follow one another are told by their ends", () => {
  expect(keyRun(["1", "2", "3", "4", "5", "6", "7"])).toEqual(["1–7"]);
  expect(keyRun(["6", "7"])).toEqual(["6", "7"]);
});

test("keys between which nobody knows what lies are told one by one", () => {
  expect(keyRun(["q", "Shift+w", "ArrowUp"])).toEqual(["q", "Shift w", "↑"]);
  expect(keyRun(["1", "2", "9"])).toEqual(["1", "2", "9"]);
  expect(keyRun(["Space", "Space", "Space"])).toEqual(["Space", "Space", "Space"]);
  expect(keyRun([])).toEqual([]);
});

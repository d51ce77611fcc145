// @vitest-environment jsdom
import { beforeEach, expect, test } from "vitest";
import { createViewer } from "../viewer/viewer.ts";
import { keepPins } from "./kept-pins.ts";

beforeEach(() => sessionStorage.clear());

function pin(caseId: string, frames: readonly number[]): void {
  const viewer = createViewer();
  const stop = keepPins(viewer, caseId);
  viewer.marks.set({ ...viewer.marks.get(), pins: { evd_1: frames } });
  stop();
}

function pinsOf(caseId: string) {
  const viewer = createViewer();
  keepPins(viewer, caseId)();
  return viewer.marks.get().pins;
}

test("pins of a case are there after a reload, and another case has none of them", () => {
  pin("cas_1", [3, 9]);
  expect(pinsOf("cas_1")).toEqual({ evd_1: [3, 9] });
  expect(pinsOf("cas_2")).toEqual({});
});

test("what is not a frame's number is left out", () => {
  sessionStorage.setItem("secondlook-pins", "cas_1 evd_1:-1,2,x evd_2:");
  expect(pinsOf("cas_1")).toEqual({ evd_1: [2], evd_2: [] });
  sessionStorage.setItem("secondlook-pins", "{");
  expect(pinsOf("cas_1")).toEqual({});
});

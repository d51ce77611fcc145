import { describe, expect, it } from "vitest";
import { type Cover, idleCover, isCovered, isQuiet, toggleAlways, toggleCover } from "./cover.ts";

const start: Cover = { always: false, openCase: null, held: false, idle: false, quietCase: null };

describe("the cover over evidence", () => {
  it("is there until a key is held or the case is uncovered", () => {
    expect(isCovered(start, "cas_1")).toBe(true);
    expect(isCovered({ ...start, held: true }, "cas_1")).toBe(false);
    expect(isCovered(toggleCover(start, "cas_1"), "cas_1")).toBe(false);
  });

  it("comes back with the next case", () => {
    expect(isCovered(toggleCover(start, "cas_1"), "cas_2")).toBe(true);
  });

  it("stays away by preference, until one key puts it back", () => {
    const always = { ...start, always: true };
    expect(isCovered(always, "cas_2")).toBe(false);
    expect(isCovered(toggleCover(always, "cas_2"), "cas_2")).toBe(true);
  });

  it("comes after idle minutes whatever the preference, and one key lifts it", () => {
    const idle = idleCover({ ...start, always: true });
    expect(isCovered(idle, "cas_1")).toBe(true);
    expect(isCovered(toggleCover(idle, "cas_1"), "cas_1")).toBe(false);
  });

  it("is lifted after idle minutes by the key that uncovers every case, without changing that", () => {
    const idle = idleCover({ ...start, always: true });
    const lifted = toggleAlways(idle);
    expect(isCovered(lifted, "cas_1")).toBe(false);
    expect(lifted.always).toBe(true);
    expect(isCovered(toggleAlways(lifted), "cas_1")).toBe(true);
    expect(toggleAlways(idleCover(start)).always).toBe(true);
  });

  it("blames quiet minutes only for a case that had been uncovered", () => {
    const quiet = idleCover(toggleCover(start, "cas_1"));
    expect(isQuiet(quiet, "cas_1")).toBe(true);
    expect(isQuiet(quiet, "cas_2")).toBe(false);
    expect(isQuiet(idleCover(start), "cas_1")).toBe(false);
  });
});

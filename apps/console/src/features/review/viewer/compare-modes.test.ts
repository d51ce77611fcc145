import { describe, expect, it } from "vitest";
import { AMOUNTS, nextMode, setAmount, setMode, stepAmount } from "./compare-modes.ts";
import { MODES, START, type ViewerState } from "./viewer-state.ts";

describe("ways to compare", () => {
  it("come round and round by one key, flicker left out where less motion is asked for", () => {
    const round = (reduced: boolean): string[] => {
      const seen: string[] = [];
      let state: ViewerState = START;
      do {
        seen.push(state.mode);
        state = nextMode(state, 1, reduced);
      } while (state.mode !== START.mode);
      return seen;
    };
    expect(round(false)).toEqual([...MODES]);
    expect(round(true)).toEqual(MODES.filter((mode) => mode !== "flicker"));
    expect(nextMode(START, -1, false).mode).toBe("difference");
  });

  it("have an amount that stays within its bounds, in even steps", () => {
    const wipe = setMode(START, "wipe");
    expect(stepAmount(wipe, 1).split).toBe(0.52);
    expect(stepAmount(wipe, -100).split).toBe(0);
    expect(setAmount(wipe, 7).split).toBe(1);
    expect(stepAmount(setMode(START, "difference"), 3)).toEqual(setMode(START, "difference"));
  });

  it("never flicker three times a second, which can harm (WCAG 2.3.1)", () => {
    const fastest = stepAmount(setMode(START, "flicker"), 99).rate;
    expect(fastest).toBe(AMOUNTS.flicker.most);
    // Two changes are one flash.
    expect(fastest / 2).toBeLessThan(3);
  });
});

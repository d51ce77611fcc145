import { expect, test } from "vitest";
import { checkSeal, RATINGS } from "./rating.ts";

const LOOKED = { viewedMs: 4_000, minimumViewSeconds: 4 };

test.each(RATINGS)("a rating of %s may be sealed after the minimum view, not before", (rating) => {
  const judgement = { rating, components: {}, missing: ["pose_differs"] as const };
  expect(checkSeal(judgement, LOOKED)).toBeUndefined();
  expect(checkSeal(judgement, { ...LOOKED, viewedMs: 3_999 })).toBe("viewed_too_short");
});

test("“can't tell” says what is missing; no other rating has to", () => {
  for (const rating of RATINGS) {
    const refusal = checkSeal({ rating, components: {}, missing: [] }, LOOKED);
    expect(refusal).toBe(rating === 0 ? "missing_reason_needed" : undefined);
  }
});

test("a policy without a minimum view asks for none", () => {
  const view = { viewedMs: 0, minimumViewSeconds: 0 };
  expect(checkSeal({ rating: 1, components: {}, missing: [] }, view)).toBeUndefined();
});

import { expect, it } from "vitest";
import { type Mark, markOf, rowFilter, rowWords } from "./mark-words.ts";

const NOTHING = { state: "held_back", reason: "nothing" } as const;
const ROW = {
  id: "facematch 7.4 VN",
  provider: "facematch",
  version: "7.4",
  region: "VN",
  policy: null,
  band: null,
  cases: 40,
  override: NOTHING,
  cleared: NOTHING,
  caught: NOTHING,
  confirmed: NOTHING,
  sla: NOTHING,
};
const MARK: Mark = {
  figure: "cleared",
  dimension: "model_region",
  cell: ROW.id,
  direction: "higher",
  value: 0.6,
  reference: 0.3,
  p: 0.00001,
};

it("a mark belongs to one figure of one dimension's cell, and to no namesake", () => {
  expect(markOf([MARK], "cleared", "model_region", ROW.id)).toBe(MARK);
  expect(markOf([MARK], "caught", "model_region", ROW.id)).toBeUndefined();
  expect(markOf([MARK], "cleared", "model", ROW.id)).toBeUndefined();
  expect(markOf([MARK], "cleared", "model_region", "facematch 7.4 DE")).toBeUndefined();
});

it("a row's words and its filter name the same part", () => {
  expect(rowWords(ROW)).toBe("facematch 7.4 in VN");
  expect(rowFilter(ROW)).toEqual({
    model: { provider: "facematch", version: "7.4" },
    region: "VN",
  });
  const policy = { ...ROW, provider: null, version: null, region: null, policy: 3 };
  expect(rowWords(policy)).toBe("Policy 3");
  expect(rowFilter(policy)).toEqual({ policy: 3 });
});

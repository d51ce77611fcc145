import { expect, test } from "vitest";
import { whyNobody } from "./nobody.ts";

const none = { region: true, languages: true, skills: true, fitting: 0 };

test.each([
  ["region", { region: false, skills: false }],
  ["language", { languages: false }],
  ["skill", { skills: false }],
  ["nobody_whole", {}],
  ["all_had_part", { fitting: 2 }],
] as const)("says %s of %o", (reason, change) => {
  expect(whyNobody({ ...none, ...change })).toBe(reason);
});

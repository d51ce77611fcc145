import type { CasePlan } from "./plan.ts";
import { chineseCases } from "./plans-china.ts";
import { emiratiCases } from "./plans-emirates.ts";
import { germanCases } from "./plans-germany.ts";
import { ukrainianCases } from "./plans-ukraine.ts";
import { americanCases } from "./plans-united-states.ts";
import { vietnameseCases } from "./plans-vietnam.ts";

const byAge = (a: CasePlan, b: CasePlan): number => a.externalId.localeCompare(b.externalId);

/** The plans of the demo's cases, in the order in which they were flagged. */
export const casePlans: readonly CasePlan[] = [
  ...vietnameseCases,
  ...chineseCases,
  ...germanCases,
  ...ukrainianCases,
  ...emiratiCases,
  ...americanCases,
].toSorted(byAge);

import { casePlans } from "./case-plans.ts";
import { makePlans } from "./made/make-plans.ts";
import type { CasePlan } from "./plan.ts";

const size = 60;

/** The demo's seed: the same people on every machine. */
export const demoSeed = 7;

/** The whole demo: the cases made by hand first, then made ones up to sixty. */
export const demoSet: readonly CasePlan[] = [
  ...casePlans,
  ...makePlans({ seed: demoSeed, count: size - casePlans.length }),
];

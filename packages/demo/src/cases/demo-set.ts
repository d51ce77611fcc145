import { casePlans } from "./case-plans.ts";
import { makePlans } from "./made/make-plans.ts";
import { france } from "./made/places-elsewhere.ts";
import type { CasePlan } from "./plan.ts";

const size = 60;

/** The demo's seed: the same people on every machine. */
export const demoSeed = 7;

/** The whole demo: the cases made by hand first, then made ones up to sixty. */
export const demoSet: readonly CasePlan[] = [
  ...casePlans,
  ...makePlans({ seed: demoSeed, count: size - casePlans.length }),
];

/**
 * Cases that a team in France works through after the demo is loaded, so that there are decisions to
 * look at. In each, all candidates are the same person as the probe or none is.
 */
export const workedCases: readonly CasePlan[] = makePlans({
  seed: demoSeed,
  count: 18,
  from: 5_000,
  places: [france],
  kinds: [
    "duplicate",
    "lookalike",
    "disguised",
    "strangers",
    "mule",
    "twins",
    "permitted",
    "dark",
    "siblings",
  ],
});

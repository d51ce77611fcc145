import type { Effect } from "./effects.ts";
import { MODELS, REGIONS } from "./setting.ts";

/**
 * Why an effect would show nowhere in a made-up year with so many reviewers, as a sentence that names
 * what would; null where it can be planted.
 */
export function whyNotPlantable(effect: Effect, reviewers: number): string | null {
  switch (effect.kind) {
    case "follows_machine":
      return effect.reviewer < reviewers
        ? null
        : `There is no reviewer ${effect.reviewer}: with so many decisions they go from 0 to ${reviewers - 1}.`;
    case "over_matches": {
      const { provider, modelVersion, region } = effect;
      const models = MODELS.map((each) => `${each.provider} ${each.modelVersion}`);
      if (!models.includes(`${provider} ${modelVersion}`)) {
        return `No case comes from ${provider} ${modelVersion}; the matchers are ${models.join(", ")}.`;
      }
      const regions: readonly string[] = REGIONS.map(([each]) => each);
      return regions.includes(region)
        ? null
        : `No case comes from ${region}; the regions are ${regions.join(", ")}.`;
    }
    case "weekday_peak":
    case "slow_week":
      return null;
  }
}

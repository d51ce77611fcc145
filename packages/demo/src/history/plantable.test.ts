import { expect, test } from "vitest";
import { DEFAULT_EFFECTS, type Effect } from "./effects.ts";
import { reviewersFor } from "./make-history.ts";
import { whyNotPlantable } from "./plantable.ts";

const reviewers = reviewersFor(100_000);
const why = (effect: Effect): string | null => whyNotPlantable(effect, reviewers);

test("what is planted by default can be", () => {
  expect(DEFAULT_EFFECTS.map(why)).toEqual(DEFAULT_EFFECTS.map(() => null));
});

test("what would show nowhere is refused, with what there is", () => {
  const model = { kind: "over_matches", provider: "rekognition", modelVersion: "7.0" } as const;
  expect(why({ ...model, region: "BR", share: 0.4 })).toBe(
    "No case comes from BR; the regions are VN, US, UA, DE, CN, AE.",
  );
  expect(why({ ...model, modelVersion: "8", region: "VN", share: 0.4 })).toMatch(
    /^No case comes from rekognition 8; the matchers are rekognition 6\.1, /,
  );
  expect(why({ kind: "follows_machine", reviewer: reviewers, share: 0.5 })).toBe(
    `There is no reviewer ${reviewers}: with so many decisions they go from 0 to ${reviewers - 1}.`,
  );
});

import { type Interval, wilsonInterval } from "./wilson.ts";

/** Under so many nothing is said of a share or a percentile: chance would be read as a finding. */
export const SMALLEST_COUNT = 30;

/** A share of what was counted, or why it is held back. */
export type Share =
  | {
      readonly state: "known";
      readonly numerator: number;
      readonly denominator: number;
      /** From 0 to 1. */
      readonly value: number;
      readonly interval: Interval;
    }
  | { readonly state: "held_back"; readonly reason: "nothing" | "under_30" };

/** A share with its 95 % interval; held back where fewer than 30 were counted. */
export function shareOf(numerator: number, denominator: number): Share {
  if (denominator <= 0) return { state: "held_back", reason: "nothing" };
  const interval = wilsonInterval(numerator, denominator);
  if (denominator < SMALLEST_COUNT || interval === null) {
    return { state: "held_back", reason: "under_30" };
  }
  return { state: "known", numerator, denominator, value: numerator / denominator, interval };
}

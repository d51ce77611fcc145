/** What is planted into a made-up year, for leads and tests to find. */
export type Effect =
  /** A reviewer (from 0) who gives way to the machine in this share of the cases where they differ. */
  | { readonly kind: "follows_machine"; readonly reviewer: number; readonly share: number }
  /** Of what this model version calls the same person in this region, only this share is. */
  | {
      readonly kind: "over_matches";
      readonly provider: string;
      readonly modelVersion: string;
      readonly region: string;
      readonly share: number;
    }
  /** So many times the cases come in on this weekday; 0 is Monday. */
  | { readonly kind: "weekday_peak"; readonly weekday: number; readonly factor: number }
  /** Cases take so many times as long in one week; 1 is the last whole week. */
  | { readonly kind: "slow_week"; readonly weeksAgo: number; readonly factor: number };

/** One of each, as `secondlook demo history` plants them where no file says otherwise. */
export const DEFAULT_EFFECTS: readonly Effect[] = [
  { kind: "follows_machine", reviewer: 2, share: 0.8 },
  {
    kind: "over_matches",
    provider: "rekognition",
    modelVersion: "7.0",
    region: "VN",
    share: 0.35,
  },
  { kind: "weekday_peak", weekday: 0, factor: 1.5 },
  { kind: "slow_week", weeksAgo: 3, factor: 1.5 },
];

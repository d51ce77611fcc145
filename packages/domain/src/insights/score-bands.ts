/** Lower edges of the bands that scores (0–100) are told apart by; finer where thresholds lie. */
export const BAND_EDGES = [0, 50, 60, 70, 75, 80, 84, 88, 90, 92, 94, 96, 98, 99] as const;

/** Where no score is disclosed. */
export const NO_BAND = -1;

/** The band of a score: the last whose lower edge it reaches; `NO_BAND` where there is none. */
export function scoreBand(score: number | null): number {
  return score === null ? NO_BAND : BAND_EDGES.findLastIndex((edge) => score >= edge);
}

/** From where to where a band goes, the upper end not included but for the last; null for `NO_BAND`. */
export function bandEdges(band: number): { readonly from: number; readonly to: number } | null {
  const from = BAND_EDGES[band];
  return from === undefined ? null : { from, to: BAND_EDGES[band + 1] ?? 100 };
}

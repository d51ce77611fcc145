import type { Insights } from "../../../lib/contract.ts";
import { bandWords, countWords, intervalWords, percentWords, shareWords } from "../words.ts";
import type { ChartTable } from "./csv-of.ts";

type Row = Insights["override"]["byBand"][number];

/** A band of scores that enough was counted in to say something of. */
export interface BandPoint {
  readonly middle: number;
  readonly from: number;
  readonly to: number;
  readonly value: number;
  readonly low: number;
  readonly high: number;
  readonly count: number;
}

/** The points of the curve, by score. */
export function bandPoints(rows: readonly Row[]): BandPoint[] {
  return rows.flatMap(({ band, confirmed }) => {
    if (band === null || band.from === null || band.to === null) return [];
    if (confirmed.state === "held_back") return [];
    const { value, interval, denominator } = confirmed;
    return [
      {
        middle: (band.from + band.to) / 2,
        from: band.from,
        to: band.to,
        value,
        low: interval.low,
        high: interval.high,
        count: denominator,
      },
    ];
  });
}

/** Each threshold once, with how many models and regions it holds for. */
export function thresholdLines(
  thresholds: Insights["thresholds"],
): readonly { readonly at: number; readonly places: number }[] {
  const known = thresholds.flatMap(({ threshold }) => (threshold === null ? [] : [threshold]));
  return [...Map.groupBy(known, (each) => each)]
    .map(([at, all]) => ({ at, places: all.length }))
    .toSorted((one, other) => one.at - other.at);
}

/** The curve as a table; bands of few cases are in it, held back. */
export function reliabilityTable(rows: readonly Row[]): ChartTable {
  return {
    head: ["Score", "Share confirmed", "Interval, 95 %", "Confirmed", "Answered"],
    rows: rows.flatMap(({ band, confirmed }) => {
      if (band === null) return [];
      const words = bandWords(band);
      return confirmed.state === "known"
        ? [
            [
              words,
              percentWords(confirmed.value),
              intervalWords(confirmed.interval),
              countWords(confirmed.numerator),
              countWords(confirmed.denominator),
            ],
          ]
        : [[words, shareWords(confirmed), "–", "–", "–"]];
    }),
  };
}

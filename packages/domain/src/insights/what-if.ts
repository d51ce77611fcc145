import { BAND_EDGES, NO_BAND } from "./score-bands.ts";
import { type Share, shareOf } from "./share.ts";
import { sampleSizeFor, sampleSizeIfNone } from "./wilson.ts";

/** Decided cases of one region and model version, by the band of their best score. */
export interface BandCount {
  readonly band: number;
  readonly cases: number;
  readonly answered: number;
  readonly same: number;
  /** Cases whose best confirmed candidate lies in this band. */
  readonly confirmedHere: number;
  readonly handled: number;
  readonly handleMs: number;
  readonly rounds: number;
}

export interface WhatIf {
  /** The nearest band edge at or below what was asked for: scores are kept as bands only. */
  readonly threshold: number;
  readonly cases: {
    readonly reviewed: number;
    readonly stay: number;
    readonly undisclosed: number;
  };
  /** Confirmed duplicates among those reviewed, and how many of them would have been missed. */
  readonly missed: Share;
  readonly hours: { readonly reviewed: number; readonly stay: number } | null;
  /** Below it nothing was reviewed, so nothing is known there. */
  readonly knownFrom: number | null;
  readonly sample: {
    readonly precision: number;
    /** To find the share below the threshold to within the precision, whatever it is. */
    readonly anyShare: number;
    /** If none of those drawn is the same person: to be able to say "at most `precision`". */
    readonly ifNone: number;
  };
}

/**
 * What another threshold would have done to the cases that were reviewed. Cases without a disclosed
 * score stay whatever the threshold. Workload is in hours of handle time over all rounds.
 *
 * @param precision wanted half width, above 0 and up to 0.5.
 */
export function whatIf(counts: readonly BandCount[], threshold: number, precision: number): WhatIf {
  const edge = BAND_EDGES.findLast((each) => each <= threshold) ?? 0;
  const scored = counts.filter(({ band }) => band !== NO_BAND);
  const edgeOf = ({ band }: BandCount): number => BAND_EDGES[band] ?? 0;
  const stays = (each: BandCount): boolean => each.band === NO_BAND || edgeOf(each) >= edge;
  const sum = (of: (each: BandCount) => number, from: readonly BandCount[]): number =>
    from.reduce((total, each) => total + of(each), 0);
  const staying = counts.filter(stays);
  const handled = sum((each) => each.handled, counts);
  const reviewed = scored.filter((each) => each.cases > 0).map(edgeOf);
  const hoursOf = (from: readonly BandCount[]): number =>
    (sum((each) => each.rounds, from) * (sum((each) => each.handleMs, counts) / handled)) /
    3_600_000;
  return {
    threshold: edge,
    cases: {
      reviewed: sum((each) => each.cases, counts),
      stay: sum((each) => each.cases, staying),
      undisclosed: sum(
        (each) => each.cases,
        counts.filter(({ band }) => band === NO_BAND),
      ),
    },
    missed: shareOf(
      sum(
        (each) => each.confirmedHere,
        counts.filter((each) => !stays(each)),
      ),
      sum((each) => each.confirmedHere, counts),
    ),
    hours: handled === 0 ? null : { reviewed: hoursOf(counts), stay: hoursOf(staying) },
    knownFrom: reviewed.length === 0 ? null : Math.min(...reviewed),
    sample: {
      precision,
      anyShare: sampleSizeFor(0.5, precision),
      ifNone: sampleSizeIfNone(precision),
    },
  };
}

import type { HistoryCase } from "@secondlook/domain/insights/history-case";
import { addDays, type Day, weekday, weekOf } from "@secondlook/domain/insights/reporting-day";
import { createRandom, type Random } from "../people/random.ts";
import type { Effect } from "./effects.ts";
import { caseSetting, type Setting } from "./setting.ts";
import { judgeCase } from "./judge-case.ts";

/** A year of whole weeks. */
const DAYS = 364;
/** How many decisions a case takes on average, with second rounds and adjudications. */
const DECISIONS_A_CASE = 1.6;
/** Decisions that a reviewer makes in a day at most; with more to do there are more reviewers. */
const DAILY_LOAD = 100;
const SHARE_PRESENT = 5 / 7;
export const LEADS = 2;

export interface HistoryOptions {
  /** About so many. */
  readonly decisions: number;
  readonly seed: number;
  /** The last day; the year ends with it. Days begin at midnight UTC. */
  readonly until: Day;
  readonly effects: readonly Effect[];
  /** Only the last days of that year, with all of the decisions. */
  readonly days?: number;
  /** The regions of each reviewer, null for every one; else as many people as the work takes. */
  readonly reviewers?: readonly (readonly string[] | null)[];
  /** So many times as long between two cases, of people who have few of them in a day. */
  readonly pauses?: number;
}

/** How many reviewers a history of this size takes; two leads come after them. */
export function reviewersFor(decisions: number): number {
  return Math.max(12, Math.ceil(decisions / DAYS / DAILY_LOAD / SHARE_PRESENT));
}

/** Somebody at work on one day: from when they are free. */
export interface Worker {
  readonly person: number;
  /** Null for every region. */
  readonly regions: readonly string[] | null;
  free: number;
}

/**
 * A plausible year of settled cases, day by day, the same for the same options: regions and model
 * versions in changing shares, people of different speed who err now and then, second rounds,
 * adjudications. Nothing differs between people, models, weekdays or weeks but by chance, except what
 * `effects` plants (and people's speed, which is nobody's finding).
 */
export function* makeHistory(options: HistoryOptions): Generator<readonly HistoryCase[]> {
  const { decisions, seed, until, effects, days = DAYS, pauses = 1 } = options;
  const random = createRandom(seed, "history", ...(days === DAYS ? [] : [days]));
  const reviewers =
    options.reviewers ?? Array.from({ length: reviewersFor(decisions) }, () => null);
  const speeds = Array.from({ length: reviewers.length + LEADS }, () => 1 + 0.25 * random.bell());
  const average = decisions / DECISIONS_A_CASE / days;
  for (let at = DAYS - days; at < DAYS; at += 1) {
    const day = addDays(until, at - DAYS + 1);
    const start = Date.parse(day);
    const cases = Math.round(
      average * (0.9 + (0.2 * at) / DAYS) * (1 + 0.15 * random.bell()) * peakOf(effects, day),
    );
    const pace = paceOf(effects, day, until);
    const setting = (): Setting => caseSetting(random, at / DAYS, effects);
    const staff = present(random, reviewers, start);
    yield workDay(random, {
      settings: Array.from({ length: cases }, setting),
      staff,
      speeds,
      pace,
      pauses,
      start,
      effects,
    });
  }
}

export interface WorkDay {
  readonly settings: readonly Setting[];
  readonly staff: { readonly reviewers: readonly Worker[]; readonly leads: readonly Worker[] };
  readonly speeds: readonly number[];
  readonly pace: number;
  readonly pauses: number;
  readonly start: number;
  readonly effects: readonly Effect[];
}

function workDay(random: Random, day: WorkDay): readonly HistoryCase[] {
  // First rounds come first, so that nobody's day is worked twice over.
  const judged = day.settings.map((setting) => judgeCase(random, setting, day));
  return judged.map((finish) => finish()).filter((each) => each.decisions[0] !== undefined);
}

function present(
  random: Random,
  reviewers: readonly Worker["regions"][],
  start: number,
): WorkDay["staff"] {
  const begin = (person: number, regions: Worker["regions"]): Worker => ({
    person,
    regions,
    free: start + Math.round(random.range(6, 12) * 3_600_000),
  });
  const everybody = reviewers.map((regions, person) => ({ person, regions }));
  const here = everybody.filter(() => random.chance(SHARE_PRESENT));
  const everywhere = here.filter(({ regions }) => regions === null);
  return {
    // A second round takes somebody else, so there are always three, and two for any region.
    reviewers: (here.length < 3 || everywhere.length < 2 ? everybody : here).map(
      ({ person, regions }) => begin(person, regions),
    ),
    leads: Array.from({ length: LEADS }, (_, lead) => begin(reviewers.length + lead, null)),
  };
}

function peakOf(effects: readonly Effect[], day: Day): number {
  const peak = effects.find(
    (each) => each.kind === "weekday_peak" && each.weekday === weekday(day),
  );
  return peak?.kind === "weekday_peak" ? peak.factor : 1;
}

function paceOf(effects: readonly Effect[], day: Day, until: Day): number {
  const slow = effects.find(
    (each) => each.kind === "slow_week" && weekOf(day) === slowWeek(each.weeksAgo, until),
  );
  return slow?.kind === "slow_week" ? slow.factor : 1;
}

/** The Monday of a week so many whole weeks before the end of the year. */
export function slowWeek(weeksAgo: number, until: Day): Day {
  return addDays(weekOf(addDays(until, 1)), -7 * weeksAgo);
}

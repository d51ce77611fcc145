/** What a figure means, in words for the page. */
export interface Definition {
  readonly title: string;
  readonly meaning: string;
  readonly numerator: string;
  readonly denominator: string;
  readonly exclusions: string;
  /** Where the method comes from; null where it is plain counting. */
  readonly source: string | null;
}

const WILSON = "Interval: Wilson (1927), 95 %. Held back under 30.";
const COHORT =
  "Counted on the day of the decision, in the reporting time zone; only decisions that hold. A case that was reversed counts with its newest decision, on that decision's day, and its former day is corrected.";
const MACHINE_EXCLUSIONS =
  "Cases where the machine recommended nothing, and cases with an unresolved candidate and none found the same.";

/** Every figure of the page, by the key that its data carry. */
export const DEFINITIONS = {
  throughput: {
    title: "Throughput",
    meaning:
      "Decisions an active hour. A minute is active when the heartbeat saw activity between opening a case and deciding it. Where policy does not measure activity: decisions a person and calendar day.",
    numerator: "Decisions that were not taken back, of all rounds, once their undo time is over.",
    denominator: "Active hours, or days on which a person decided something.",
    exclusions: "Decisions taken back. Time on cases that were given back.",
    source: null,
  },
  handle: {
    title: "Handle time",
    meaning:
      "From opening the case, under the lease that it was decided under, to the decision. Percentiles by nearest rank from a histogram, within 6.1 %.",
    numerator: "Time of each decision.",
    denominator: "Decisions with a known opening.",
    exclusions: "Time under earlier leases of the same round.",
    source: "Held back under 30.",
  },
  backlog: {
    title: "Backlog",
    meaning:
      "Cases that wait or are worked on now. Age counts from when the round could be claimed; with fewer than 30 cases from when the case came in, because its stage could be told otherwise.",
    numerator: "Open rounds.",
    denominator: "None.",
    exclusions: "Cases that wait for a new capture.",
    source: null,
  },
  sla: {
    title: "SLA attainment",
    meaning: `Share of cases decided by their due time. ${COHORT}`,
    numerator: "Cases whose decision came by the due time. The cases listed first are the others.",
    denominator: "Cases with a decision that holds.",
    exclusions: "None.",
    source: WILSON,
  },
  first_breach: {
    title: "Time to first breach",
    meaning:
      "When the first case that waits now will be late, if cases are worked in the order of due times at the rate of the last 28 days. The range is that of the mean rate, 95 %.",
    numerator: "Cases due until then.",
    denominator: "Completions an hour.",
    exclusions: "Cases still to arrive: with the same SLA they are due later.",
    source: "Mean ± t · s / √k over days.",
  },
  forecast: {
    title: "Arrivals, completions and forecast",
    meaning:
      "Each day ahead is expected like the same weekday in up to eight weeks before; the range holds 95 of 100 such days. It knows of no trend and no holidays. Needs three weeks.",
    numerator: "Cases arrived or completed on a day.",
    denominator: "None.",
    exclusions: "Today, which is not over.",
    source: "Prediction interval, mean ± t · s · √(1 + 1/k).",
  },
  override: {
    title: "Override rate",
    meaning: `Share of cases whose answer to “any the same?” is not what the machine recommended. ${COHORT}`,
    numerator: "Cases where the two differ.",
    denominator: "Cases with a recommendation and an answer.",
    exclusions: MACHINE_EXCLUSIONS,
    source: WILSON,
  },
  cleared: {
    title: "Cleared",
    meaning: `Share of cases that the machine called the same person and people did not. ${COHORT}`,
    numerator: "Cases with the recommendation “same person” and no candidate found the same.",
    denominator: "Cases with the recommendation “same person” and an answer.",
    exclusions: MACHINE_EXCLUSIONS,
    source: WILSON,
  },
  caught: {
    title: "Caught",
    meaning: `Share of cases that the machine called different people and people found the same. ${COHORT}`,
    numerator: "Cases with the recommendation “different person” and a candidate found the same.",
    denominator: "Cases with the recommendation “different person” and an answer.",
    exclusions: MACHINE_EXCLUSIONS,
    source: WILSON,
  },
  own_override: {
    title: "Own decisions against the machine",
    meaning:
      "Share of a person's own first-round decisions whose answer is not what the machine recommended. Counted once the case is settled.",
    numerator: "Own decisions that differ from the recommendation.",
    denominator: "Own decisions with an answer, in cases with a recommendation.",
    exclusions: `${MACHINE_EXCLUSIONS} Second rounds and adjudications, which get chosen cases.`,
    source: WILSON,
  },
  confirmed: {
    title: "Reliability",
    meaning: `Share of cases confirmed by people, by the band of the best score shown. ${COHORT}`,
    numerator: "Cases with a candidate found the same.",
    denominator: "Cases with an answer in this band.",
    exclusions:
      "Cases without an answer. Scores that the provider does not disclose are a band of their own.",
    source: WILSON,
  },
  shift: {
    title: "Amended after the reveal",
    meaning:
      "Share of sealed ratings that were amended after the machine's opinion was shown: automation bias.",
    numerator: "Ratings whose last amendment differs from the sealed one.",
    denominator: "Sealed ratings of first rounds with a reveal, in settled cases.",
    exclusions: "Rounds decided without a reveal; later rounds, which get chosen cases.",
    source: WILSON,
  },
  toward: {
    title: "Amended towards the machine",
    meaning:
      "Share of sealed ratings that were amended in the direction of the recommendation. An amendment without a recommendation goes neither way.",
    numerator: "Ratings moved towards the recommendation.",
    denominator: "Sealed ratings of first rounds with a reveal, in settled cases.",
    exclusions:
      "Rounds decided without a reveal; later rounds, which get chosen cases. Without a recommendation nothing is towards it.",
    source: WILSON,
  },
  agreement: {
    title: "Agreement of first and second round",
    meaning:
      "Raw agreement is the share of pairs with equal outcome and equal candidates found the same. κ, AC1 and α are over outcomes and take chance into account; 1 is full agreement and 0 is chance. With one prevailing outcome κ and α can be near 0 while nearly all agree; AC1 bears that better, so they stand side by side.",
    numerator: "Pairs that agree. The cases listed first are those that don’t.",
    denominator: "Settled cases with a first and a second round.",
    exclusions:
      "Cases without a second round. Not defined where there is none or all is one outcome.",
    source: "Cohen (1960), Gwet (2008), Krippendorff (2011).",
  },
  outcome: {
    title: "Outcomes",
    meaning: `Share of each outcome. ${COHORT}`,
    numerator: "Cases with this outcome.",
    denominator: "Cases with a decision that holds.",
    exclusions: "None.",
    source: WILSON,
  },
  reason: {
    title: "Reasons",
    meaning: `Share of cases that name this reason; one may name several. ${COHORT}`,
    numerator: "Cases that name it.",
    denominator: "Cases with a decision that holds.",
    exclusions: "None.",
    source: WILSON,
  },
  what_if: {
    title: "Another threshold",
    meaning:
      "What another threshold would have done to the cases that were reviewed, by bands of scores. Of what lies below the lowest score reviewed nothing is known without a random sample of it.",
    numerator: "Cases whose best score reaches the threshold.",
    denominator: "Cases reviewed.",
    exclusions: "Scores that are not disclosed stay, whatever the threshold.",
    source: WILSON,
  },
  marks: {
    title: "Marked differences",
    meaning:
      "Worth a look, and no verdict: a cell is marked where chance alone would hardly make it so different from the others, and where it differs by at least a twentieth of the value that it would have if it were like them; of a hundred marks about one is chance all the same. How it is tested: Benjamini–Hochberg at 1 % over all cells of the page. Shares are compared within the same region, recommendation and month (Mantel–Haenszel), weekdays within weeks, weeks by days (Student's t). A marked cell is left out of what the others are compared with.",
    numerator: "The cell.",
    denominator: "The unmarked others.",
    exclusions:
      "Cells under 30 are not marked, though they are among the others. Score bands, which are meant to differ.",
    source: "Benjamini and Hochberg (1995), Mantel and Haenszel (1959).",
  },
} as const satisfies Record<string, Definition>;

export type DefinitionKey = keyof typeof DEFINITIONS;

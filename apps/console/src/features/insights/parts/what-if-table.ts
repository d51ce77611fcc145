import type { WhatIfAnswer, WhatIfAsked } from "../../../lib/contract.ts";
import type { ChartTable } from "../charts/csv-of.ts";
import { countWords, heldBackWords, intervalWords, percentWords, rateWords } from "../words.ts";

/** What was asked and what is shown in answer, row by row; what is held back stays so. */
export function whatIfTable(
  asked: WhatIfAsked,
  answer: Pick<WhatIfAnswer, "cases" | "missed" | "hours" | "sample" | "unknown">,
): ChartTable {
  const { cases, missed, hours, sample, unknown } = answer;
  return {
    head: ["What", "Value", "Of", "Share", "95 % interval"],
    rows: [
      row("Days", `${asked.from} to ${asked.to}`),
      row("Model version", `${asked.model.provider} ${asked.model.version}`),
      row("Region", asked.region),
      row("Threshold", String(asked.threshold)),
      row("Cases that would still have come", countWords(cases.stay), countWords(cases.reviewed)),
      row("Of these without a score", countWords(cases.undisclosed)),
      missed.state === "known"
        ? row(
            "Confirmed duplicates missed",
            countWords(missed.numerator),
            countWords(missed.denominator),
            percentWords(missed.value),
            intervalWords(missed.interval),
          )
        : row("Confirmed duplicates missed", heldBackWords(missed.reason)),
      hours === null
        ? row("Hours of work", "not known")
        : row("Hours of work", rateWords(hours.stay), rateWords(hours.reviewed)),
      row(
        `Cases of a sample, to within ${percentWords(sample.precision)}`,
        countWords(sample.anyShare),
      ),
      row("What can’t be known", unknown),
    ],
  };
}

function row(
  what: string,
  value: string,
  of = "",
  share = "",
  interval = "",
): ChartTable["rows"][number] {
  return [what, value, of, share, interval];
}

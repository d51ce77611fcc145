import { type Outcome, OUTCOMES } from "@secondlook/domain/decisions/outcome";
import {
  type Coefficient,
  cohenKappa,
  gwetAc1,
  krippendorffAlphaOfPairs,
} from "@secondlook/domain/insights/agreement";
import { shareOf, SMALLEST_COUNT } from "@secondlook/domain/insights/share";
import { total } from "./work-figures.ts";

interface PairCount {
  readonly first: Outcome;
  readonly second: Outcome;
  readonly n: number;
  readonly agreed: number;
}

/** How first and second rounds agree; all of it held back under 30 pairs. */
export function agreementOf(pairs: readonly PairCount[]) {
  const count = total(pairs, ({ n }) => n);
  const raw = shareOf(
    total(pairs, ({ agreed }) => agreed),
    count,
  );
  if (count > 0 && count < SMALLEST_COUNT) {
    const held = { state: "not_defined", reason: "under_30" } as const;
    return { raw, kappa: held, ac1: held, alpha: held, pairs: [] };
  }
  const table = OUTCOMES.map((first) =>
    OUTCOMES.map((second) =>
      total(pairs, (pair) => (pair.first === first && pair.second === second ? pair.n : 0)),
    ),
  );
  const alpha: Coefficient = krippendorffAlphaOfPairs(
    pairs.map(({ first, second, n }) => ({ first, second, count: n })),
  );
  return {
    raw,
    kappa: cohenKappa(table),
    ac1: gwetAc1(table),
    alpha,
    pairs: pairs.map(({ first, second, n }) => ({ first, second, count: n })),
  };
}

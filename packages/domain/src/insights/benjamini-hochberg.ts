/** The share of marks that may be false: differences are marked at 1 % only. */
const FALSE_DISCOVERY_RATE = 0.01;

/**
 * Which of several p-values are findings, if of those named at most `rate` shall be false on average:
 * the largest k with p(k) ≤ k/m · rate, and all below. Benjamini and Hochberg, JRSS B 57 (1995) 289–300.
 *
 * @returns for each p-value, in the order given, whether it is one.
 */
export function discoveries(
  pValues: readonly number[],
  rate: number = FALSE_DISCOVERY_RATE,
): readonly boolean[] {
  const sorted = pValues.toSorted((one, other) => one - other);
  let limit = -1;
  for (const [at, p] of sorted.entries()) {
    if (p <= ((at + 1) / sorted.length) * rate) limit = p;
  }
  return pValues.map((p) => p <= limit);
}

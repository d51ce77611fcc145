/** Two-sided 95 % of the normal distribution. */
export const Z95 = 1.959963984540054;

/** An interval of a share, both ends from 0 to 1. */
export interface Interval {
  readonly low: number;
  readonly high: number;
}

/**
 * Wilson's score interval of a share, 95 %: it never leaves 0 to 1 and holds for few and for extreme
 * counts, where the textbook interval does not. Wilson, JASA 22 (1927) 209–212; recommended by Brown,
 * Cai and DasGupta, Statistical Science 16 (2001) 101–133. Null where nothing was counted.
 */
export function wilsonInterval(numerator: number, denominator: number): Interval | null {
  if (denominator <= 0) return null;
  const share = numerator / denominator;
  const square = Z95 * Z95;
  const scale = 1 + square / denominator;
  const middle = (share + square / (2 * denominator)) / scale;
  const half =
    (Z95 / scale) *
    Math.sqrt((share * (1 - share)) / denominator + square / (4 * denominator * denominator));
  return {
    low: numerator === 0 ? 0 : Math.max(0, middle - half),
    high: numerator === denominator ? 1 : Math.min(1, middle + half),
  };
}

/**
 * How many randomly drawn cases it takes until Wilson's interval of a share near `expected` reaches no
 * further than `precision` to either side on average (half its width). Both from 0 to 1, the precision
 * above 0. Found by bisection, as the width falls with the number.
 */
export function sampleSizeFor(expected: number, precision: number): number {
  const halfWidth = (n: number): number => {
    const interval = wilsonInterval(expected * n, n);
    return interval === null ? 1 : (interval.high - interval.low) / 2;
  };
  let low = 1;
  let high = 1;
  while (halfWidth(high) > precision) high *= 2;
  while (low < high) {
    const middle = Math.floor((low + high) / 2);
    if (halfWidth(middle) > precision) low = middle + 1;
    else high = middle;
  }
  return high;
}

/**
 * How many randomly drawn cases must show none before one may say, at 95 %, that at most `share` of all
 * are: where Wilson's upper end of 0 of n, z² / (n + z²), falls to the share. 300 for 1.264 %.
 */
export function sampleSizeIfNone(share: number): number {
  return Math.ceil((Z95 * Z95 * (1 - share)) / share);
}

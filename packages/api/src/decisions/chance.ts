import type { RandomBytes } from "@secondlook/domain/ids";

/** True with this probability, 0 to 1, in steps of 2^-32. */
export function chance(rate: number, random: RandomBytes): boolean {
  if (rate <= 0) return false;
  let value = 0;
  for (const byte of random(4)) value = value * 256 + byte;
  return value < rate * 2 ** 32;
}

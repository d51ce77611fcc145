/** A seeded source of chance: the same seed gives the same numbers on every machine. */
export interface Random {
  /** Evenly spread in [0, 1). */
  next(): number;
  /** Evenly spread in [low, high). */
  range(low: number, high: number): number;
  /** A whole number from low to high, both included. */
  integer(low: number, high: number): number;
  /** Bell-shaped around 0 and never outside [-1, 1]. */
  bell(): number;
  /** True with the given probability. */
  chance(probability: number): boolean;
  pick<T>(items: readonly [T, ...T[]]): T;
}

/** Hashes a text to four 32-bit words (cyrb128, public domain, by bryc). */
function hashWords(text: string): [number, number, number, number] {
  let [a, b, c, d] = [1779033703, 3144134277, 1013904242, 2773480762];
  for (let i = 0; i < text.length; i += 1) {
    const code = text.charCodeAt(i);
    a = b ^ Math.imul(a ^ code, 597399067);
    b = c ^ Math.imul(b ^ code, 2869860233);
    c = d ^ Math.imul(c ^ code, 951274213);
    d = a ^ Math.imul(d ^ code, 2716044179);
  }
  a = Math.imul(c ^ (a >>> 18), 597399067);
  b = Math.imul(d ^ (b >>> 22), 2869860233);
  c = Math.imul(a ^ (c >>> 17), 951274213);
  d = Math.imul(b ^ (d >>> 19), 2716044179);
  return [a ^ b ^ c ^ d, b ^ a, c ^ a, d ^ a];
}

/** Makes a generator (sfc32) from any number of seed parts: `createRandom(7, "person", 3)`. */
export function createRandom(...seed: readonly (string | number)[]): Random {
  let [a, b, c, d] = hashWords(seed.join("\u0000"));
  const next = (): number => {
    const sum = (a + b + d) | 0;
    d = (d + 1) | 0;
    a = b ^ (b >>> 9);
    b = (c + (c << 3)) | 0;
    c = ((c << 21) | (c >>> 11)) + sum;
    return ((sum + c) >>> 0) / 4294967296;
  };
  // The first numbers still show the seed's pattern.
  for (let i = 0; i < 12; i += 1) next();
  return {
    next,
    range: (low, high) => low + (high - low) * next(),
    integer: (low, high) => low + Math.floor(next() * (high - low + 1)),
    bell: () => (next() + next() + next()) / 1.5 - 1,
    chance: (probability) => next() < probability,
    pick: (items) => items[Math.floor(next() * items.length)] ?? items[0],
  };
}

import { createRandom } from "../people/random.ts";

// 16 kB: it stays in the processor's nearest cache.
const size = 64;
const mask = size - 1;

const lattice = createLattice();

function createLattice(): Float32Array {
  const random = createRandom("lattice");
  return Float32Array.from({ length: size * size }, () => random.next() * 2 - 1);
}

/** Repeating value noise on a lattice of 64 by 64 cells; the same seed gives the same field. */
export interface Noise {
  /** Smooth noise from -1 to 1, one feature a unit. */
  at(x: number, y: number): number;
  /** Three octaves of it. */
  cloud(x: number, y: number): number;
  /** One random value from 0 to 1 for a cell. */
  cell(x: number, y: number): number;
}

export function createNoise(seed: string): Noise {
  const random = createRandom("noise", seed);
  // One lattice serves every field: a seed only says where in it the field begins.
  const values = lattice;
  const startX = 65536 + random.integer(0, size - 1);
  const startY = 65536 + random.integer(0, size - 1);
  const at = (x: number, y: number): number => {
    // Places are small numbers: the shift makes them positive, so that cutting off is rounding down.
    const px = x + startX;
    const py = y + startY;
    const x0 = px | 0;
    const y0 = py | 0;
    let tx = px - x0;
    let ty = py - y0;
    tx = tx * tx * (3 - 2 * tx);
    ty = ty * ty * (3 - 2 * ty);
    const row0 = (y0 & mask) * size;
    const row1 = ((y0 + 1) & mask) * size;
    const c0 = x0 & mask;
    const c1 = (x0 + 1) & mask;
    const a = values[row0 + c0] ?? 0;
    const c = values[row1 + c0] ?? 0;
    const top = a + ((values[row0 + c1] ?? 0) - a) * tx;
    return top + (c + ((values[row1 + c1] ?? 0) - c) * tx - top) * ty;
  };
  return {
    at,
    cloud: (x, y) =>
      at(x, y) * 0.57 + at(x * 2.1 + 17, y * 2.1 + 5) * 0.29 + at(x * 4.3 + 3, y * 4.3 + 41) * 0.14,
    cell: (x, y) => ((values[((y + startY) & mask) * size + ((x + startX) & mask)] ?? 0) + 1) / 2,
  };
}

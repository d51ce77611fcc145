import { createRandom } from "../people/random.ts";

const size = 256;
const mask = size - 1;

/** Repeating value noise on a 256-cell lattice; the same seed gives the same field. */
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
  const values = new Float32Array(size * size);
  for (let i = 0; i < values.length; i += 1) values[i] = random.next() * 2 - 1;
  const at = (x: number, y: number): number => {
    const x0 = Math.floor(x);
    const y0 = Math.floor(y);
    let tx = x - x0;
    let ty = y - y0;
    tx = tx * tx * (3 - 2 * tx);
    ty = ty * ty * (3 - 2 * ty);
    const row0 = (y0 & mask) * size;
    const row1 = ((y0 + 1) & mask) * size;
    const c0 = x0 & mask;
    const c1 = (x0 + 1) & mask;
    const top = (values[row0 + c0] ?? 0) * (1 - tx) + (values[row0 + c1] ?? 0) * tx;
    const bottom = (values[row1 + c0] ?? 0) * (1 - tx) + (values[row1 + c1] ?? 0) * tx;
    return top * (1 - ty) + bottom * ty;
  };
  return {
    at,
    cloud: (x, y) =>
      at(x, y) * 0.57 + at(x * 2.1 + 17, y * 2.1 + 5) * 0.29 + at(x * 4.3 + 3, y * 4.3 + 41) * 0.14,
    cell: (x, y) => ((values[(Math.floor(y) & mask) * size + (Math.floor(x) & mask)] ?? 0) + 1) / 2,
  };
}

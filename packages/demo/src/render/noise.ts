import { createRandom } from "../people/random.ts";

// 16 kB: it stays in the processor's nearest cache.
const size = 64;
const mask = size - 1;

const lattice = createLattice();

function createLattice(): Float32Array {
  const random = createRandom("lattice");
  return Float32Array.from({ length: size * size }, () => random.next() * 2 - 1);
}

/** Smooth noise between the lattice's values; places must not be negative. */
function smoothAt(x: number, y: number): number {
  const x0 = x | 0;
  const y0 = y | 0;
  let tx = x - x0;
  let ty = y - y0;
  tx = tx * tx * (3 - 2 * tx);
  ty = ty * ty * (3 - 2 * ty);
  const row0 = (y0 & mask) * size;
  const row1 = ((y0 + 1) & mask) * size;
  const c0 = x0 & mask;
  const c1 = (x0 + 1) & mask;
  const a = lattice[row0 + c0] ?? 0;
  const c = lattice[row1 + c0] ?? 0;
  const top = a + ((lattice[row0 + c1] ?? 0) - a) * tx;
  return top + (c + ((lattice[row1 + c1] ?? 0) - c) * tx - top) * ty;
}

const perUnit = 8;
const tileSize = size * perUnit;
const tileMask = tileSize - 1;

/** How much finer than the first it is across and down, and its weight. */
type Octave = readonly [finerX: number, finerY: number, weight: number];

/** A sum of octaves, drawn once for all pictures: a look-up costs less than one octave. */
function createTile(octaves: readonly Octave[]): Float32Array {
  const tile = new Float32Array(tileSize * tileSize);
  for (const [i, [finerX, finerY, weight]] of octaves.entries())
    for (let at = 0; at < tile.length; at += 1) {
      const x = ((at & tileMask) / perUnit) * finerX + i * 17;
      const y = (Math.floor(at / tileSize) / perUnit) * finerY + i * 5;
      tile[at] = (tile[at] ?? 0) + smoothAt(x, y) * weight;
    }
  return tile;
}

const clouds = createTile([
  [1, 1, 0.57],
  [2, 2, 0.29],
  [4, 4, 0.14],
]);
const grains = createTile([
  [1, 1, 0.55],
  [2, 2, 0.45],
]);
const strands = createTile([
  [1, 1, 0.3],
  [3, 2, 0.42],
  [8, 4, 0.28],
]);

/** Blends between a tile's values; places must not be negative. */
function blend(tile: Float32Array, x: number, y: number): number {
  const px = x * perUnit;
  const py = y * perUnit;
  const x0 = px | 0;
  const y0 = py | 0;
  const tx = px - x0;
  const row0 = (y0 & tileMask) * tileSize;
  const row1 = ((y0 + 1) & tileMask) * tileSize;
  const c0 = x0 & tileMask;
  const c1 = (x0 + 1) & tileMask;
  const a = tile[row0 + c0] ?? 0;
  const c = tile[row1 + c0] ?? 0;
  const top = a + ((tile[row0 + c1] ?? 0) - a) * tx;
  return top + (c + ((tile[row1 + c1] ?? 0) - c) * tx - top) * (py - y0);
}

/** Repeating noise on a lattice of 64 by 64 cells; the same seed gives the same field. */
export interface Noise {
  /** Smooth noise from -1 to 1, one feature a unit. */
  at(x: number, y: number): number;
  /** Three octaves of it. */
  cloud(x: number, y: number): number;
  /** Two octaves of it, in steps of an eighth of a unit: for what is about as fine as pixels. */
  grain(x: number, y: number): number;
  /** Three octaves of it that run downwards, as hair does. */
  strand(x: number, y: number): number;
  /** One random value from 0 to 1 for a cell. */
  cell(x: number, y: number): number;
}

export function createNoise(seed: string): Noise {
  const random = createRandom("noise", seed);
  // One lattice serves every field: a seed only says where in it the field begins. Places are small
  // numbers: the start makes them positive, so that cutting off is rounding down.
  const startX = 65536 + random.integer(0, size - 1);
  const startY = 65536 + random.integer(0, size - 1);
  return {
    at: (x, y) => smoothAt(x + startX, y + startY),
    cloud: (x, y) => blend(clouds, x + startX, y + startY),
    strand: (x, y) => blend(strands, x + startX, y + startY),
    grain: (x, y) =>
      grains[
        ((((y + startY) * perUnit) | 0) & tileMask) * tileSize +
          ((((x + startX) * perUnit) | 0) & tileMask)
      ] ?? 0,
    cell: (x, y) => ((lattice[((y + startY) & mask) * size + ((x + startX) & mask)] ?? 0) + 1) / 2,
  };
}

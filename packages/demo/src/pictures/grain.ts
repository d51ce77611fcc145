import { createRandom, type Random } from "../people/random.ts";

const tileSize = 65536;

/** Sensor noise, drawn once: every picture takes the same tile from another place. */
const tile = createTile();

function createTile(): Int8Array {
  const random = createRandom("grain tile");
  return Int8Array.from({ length: tileSize }, () => Math.round(random.bell() * 127));
}

/** Pixels that one call gives noise to: V8 compiles a short loop that is often called best. */
const run = 1024;

/** Adds noise to 8-bit RGB in place; `amount` 1 is about ±14 levels, stronger in the dark. */
export function addGrain(pixels: Uint8Array, amount: number, random: Random): void {
  const clamped = new Uint8ClampedArray(pixels.buffer, pixels.byteOffset, pixels.length);
  // What a step of the tile is worth, by the level it is added to, in 256ths.
  const steps = Int32Array.from({ length: 256 }, (_, level) =>
    Math.round(256 * ((amount * 14 * 1.6) / 127) * (1.25 - level / 340)),
  );
  const start = random.integer(0, tileSize - 1);
  const count = Math.floor(pixels.length / 3);
  for (let first = 0; first < count; first += run)
    grainRun(clamped, steps, first, Math.min(count, first + run), start + first);
}

function grainRun(
  pixels: Uint8ClampedArray,
  steps: Int32Array,
  first: number,
  end: number,
  start: number,
): void {
  let at = start;
  for (let i = first * 3; i < end * 3; i += 3, at += 1) {
    const level = pixels[i + 1] ?? 0;
    const step = steps[level] ?? 0;
    const luma = ((tile[at & (tileSize - 1)] ?? 0) * step + 128) >> 8;
    // A third of it.
    const chroma = ((tile[(at * 7 + 13) & (tileSize - 1)] ?? 0) * step * 85 + 32768) >> 16;
    pixels[i] = (pixels[i] ?? 0) + luma + chroma;
    pixels[i + 1] = level + luma;
    pixels[i + 2] = (pixels[i + 2] ?? 0) + luma - chroma;
  }
}

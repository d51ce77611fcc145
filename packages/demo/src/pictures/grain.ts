import { createRandom, type Random } from "../people/random.ts";

const tileSize = 65536;

/** Sensor noise, drawn once: every picture takes the same tile from another place. */
const tile = createTile();

function createTile(): Float32Array {
  const random = createRandom("grain tile");
  return Float32Array.from({ length: tileSize }, () => random.bell() * 1.6);
}

/** Adds noise to 8-bit RGB in place; `amount` 1 is about ±14 levels, stronger in the dark. */
export function addGrain(pixels: Uint8Array, amount: number, random: Random): void {
  const strength = amount * 14;
  let at = random.integer(0, tileSize - 1);
  const clamped = new Uint8ClampedArray(pixels.buffer, pixels.byteOffset, pixels.length);
  for (let i = 0; i + 2 < clamped.length; i += 3) {
    at = (at + 1) & (tileSize - 1);
    const level = clamped[i + 1] ?? 0;
    const scale = strength * (1.25 - level / 340);
    const luma = (tile[at] ?? 0) * scale;
    const chroma = (tile[(at * 7 + 13) & (tileSize - 1)] ?? 0) * scale * 0.35;
    clamped[i] = (clamped[i] ?? 0) + luma + chroma;
    clamped[i + 1] = level + luma;
    clamped[i + 2] = (clamped[i + 2] ?? 0) + luma - chroma;
  }
}

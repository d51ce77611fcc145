import type { Capture } from "../people/capture.ts";
import { createRandom, type Random } from "../people/random.ts";
import { develop } from "./develop.ts";
import { linearRgb, mix, smoothstep, type Rgb } from "./math.ts";

/** Writes the linear light at a place, given in parts of the picture, into `out`. */
type Paint = (x: number, y: number, out: Float32Array) => void;

/** What lies behind a person, out of focus. */
export function createBackground(capture: Capture): Paint {
  const random = createRandom("background", capture.seed);
  switch (capture.background) {
    case "booth": {
      const wall = random.pick([
        linearRgb(206, 212, 218),
        linearRgb(220, 220, 216),
        linearRgb(190, 204, 220),
        linearRgb(226, 226, 228),
      ]);
      return (x, y, out) => dim(out, wall, 1 - 0.16 * Math.sqrt((x - 0.45) ** 2 + (y - 0.35) ** 2));
    }
    case "room":
      return blurred(random, linearRgb(172, 158, 140), [
        linearRgb(96, 74, 54),
        linearRgb(206, 198, 184),
        linearRgb(120, 128, 122),
        linearRgb(60, 56, 58),
        linearRgb(156, 110, 70),
      ]);
    case "window":
      return blurred(random, linearRgb(186, 190, 188), [
        linearRgb(232, 238, 244),
        linearRgb(216, 226, 232),
        linearRgb(122, 130, 118),
        linearRgb(150, 142, 130),
      ]);
    case "street":
      return blurred(random, linearRgb(134, 142, 142), [
        linearRgb(88, 108, 78),
        linearRgb(176, 186, 192),
        linearRgb(98, 92, 90),
        linearRgb(160, 132, 104),
        linearRgb(70, 84, 96),
      ]);
    case "dusk":
      return blurred(random, linearRgb(58, 54, 62), [
        linearRgb(30, 28, 36),
        linearRgb(120, 86, 54),
        linearRgb(40, 48, 64),
        linearRgb(82, 62, 56),
      ]);
  }
}

/** Soft upright shapes, as furniture and houses look when they are out of focus. */
function blurred(random: Random, wall: Rgb, colours: readonly [Rgb, ...Rgb[]]): Paint {
  const shapes = Array.from({ length: 9 }, () => ({
    x: random.range(-0.1, 1.1),
    y: random.range(-0.1, 1.1),
    halfWidth: random.range(0.05, 0.24),
    halfHeight: random.range(0.1, 0.5),
    soft: random.range(0.03, 0.09),
    colour: random.pick(colours),
    strength: random.range(0.35, 0.9),
  }));
  const tilt = random.range(-0.2, 0.2);
  return (x, y, out) => {
    dim(out, wall, 1 - 0.3 * smoothstep(0, 1, y + tilt * (x - 0.5)));
    for (const shape of shapes) {
      const { soft, strength, colour } = shape;
      const across = smoothstep(soft, -soft, Math.abs(x - shape.x) - shape.halfWidth);
      if (across === 0) continue;
      const inside = across * smoothstep(soft, -soft, Math.abs(y - shape.y) - shape.halfHeight);
      for (let k = 0; k < 3; k += 1) out[k] = mix(out[k] ?? 0, colour[k] ?? 0, inside * strength);
    }
  };
}

function dim(out: Float32Array, colour: Rgb, tone: number): void {
  for (let k = 0; k < 3; k += 1) out[k] = (colour[k] ?? 0) * tone;
}

const columns = 48;
const rows = 60;

/**
 * Develops a background as 8-bit RGB. It is out of focus: a coarse grid, blended, is enough. `covered`
 * says by pixel what something else will be drawn over, which is left out.
 */
export function developBackdrop(
  paint: Paint,
  width: number,
  height: number,
  exposure: number,
  covered?: Uint8Array,
): Uint8Array {
  const grid = new Float32Array(columns * rows * 3);
  const light = new Float32Array(3);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      paint(column / (columns - 1), row / (rows - 1), light);
      const at = (row * columns + column) * 3;
      for (let k = 0; k < 3; k += 1) grid[at + k] = develop((light[k] ?? 0) * exposure);
    }
  }
  const pixels = new Uint8Array(width * height * 3);
  const line = new Int32Array(columns * 3);
  for (let y = 0; y < height; y += 1) {
    const fy = (y / height) * (rows - 1.001);
    const above = (fy | 0) * columns * 3;
    const ty = fy - (fy | 0);
    for (let i = 0; i < line.length; i += 1) {
      const from = grid[above + i] ?? 0;
      line[i] = Math.round(256 * (from + ((grid[above + columns * 3 + i] ?? 0) - from) * ty));
    }
    blendRow(line, pixels, y, width, covered);
  }
  return pixels;
}

/** Blends one row of pixels between the grid's columns, whose values are in 256ths of a level. */
function blendRow(
  line: Int32Array,
  pixels: Uint8Array,
  y: number,
  width: number,
  covered: Uint8Array | undefined,
): void {
  const across = Math.floor(((columns - 1) * 65536) / width);
  for (let x = 0, at = y * width, to = at * 3; x < width; x += 1, at += 1, to += 3) {
    if (covered !== undefined && covered[at] !== 0) continue;
    const i = ((x * across) >> 16) * 3;
    const t = ((x * across) >> 8) & 255;
    const r = line[i] ?? 0,
      g = line[i + 1] ?? 0,
      b = line[i + 2] ?? 0;
    pixels[to] = ((r << 8) + ((line[i + 3] ?? 0) - r) * t + 32768) >> 16;
    pixels[to + 1] = ((g << 8) + ((line[i + 4] ?? 0) - g) * t + 32768) >> 16;
    pixels[to + 2] = ((b << 8) + ((line[i + 5] ?? 0) - b) * t + 32768) >> 16;
  }
}

import type { Capture } from "../people/capture.ts";
import { createRandom, type Random } from "../people/random.ts";
import { develop } from "./develop.ts";
import { linearRgb, mixRgb, smoothstep, type Rgb } from "./math.ts";

type Paint = (x: number, y: number) => Rgb;

/** What lies behind a person, out of focus: `paint` takes parts of the picture and gives linear light. */
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
      return (x, y) => {
        const fall = 1 - 0.16 * Math.hypot(x - 0.45, y - 0.35);
        return [wall[0] * fall, wall[1] * fall, wall[2] * fall];
      };
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
  return (x, y) => {
    let colour: Rgb = mixRgb(
      wall,
      [wall[0] * 0.7, wall[1] * 0.7, wall[2] * 0.7],
      smoothstep(0, 1, y + tilt * (x - 0.5)),
    );
    for (const shape of shapes) {
      const inside =
        smoothstep(shape.soft, -shape.soft, Math.abs(x - shape.x) - shape.halfWidth) *
        smoothstep(shape.soft, -shape.soft, Math.abs(y - shape.y) - shape.halfHeight);
      if (inside > 0) colour = mixRgb(colour, shape.colour, inside * shape.strength);
    }
    return colour;
  };
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
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1) {
      const colour = paint(column / (columns - 1), row / (rows - 1));
      const at = (row * columns + column) * 3;
      for (let k = 0; k < 3; k += 1) grid[at + k] = develop((colour[k] ?? 0) * exposure);
    }
  }
  const pixels = new Uint8Array(width * height * 3);
  const line = new Float32Array(columns * 3);
  const across = (columns - 1.001) / width;
  for (let y = 0; y < height; y += 1) {
    const fy = (y / height) * (rows - 1.001);
    const above = (fy | 0) * columns * 3;
    const ty = fy - (fy | 0);
    for (let i = 0; i < line.length; i += 1) {
      const from = grid[above + i] ?? 0;
      line[i] = from + ((grid[above + columns * 3 + i] ?? 0) - from) * ty;
    }
    for (let x = 0, to = y * width * 3; x < width; x += 1, to += 3) {
      if (covered !== undefined && covered[y * width + x] !== 0) continue;
      const fx = x * across;
      const i = (fx | 0) * 3;
      const tx = fx - (fx | 0);
      const r = line[i] ?? 0,
        g = line[i + 1] ?? 0,
        b = line[i + 2] ?? 0;
      // Half a level is added because storing cuts off the rest.
      pixels[to] = r + ((line[i + 3] ?? 0) - r) * tx + 0.5;
      pixels[to + 1] = g + ((line[i + 4] ?? 0) - g) * tx + 0.5;
      pixels[to + 2] = b + ((line[i + 5] ?? 0) - b) * tx + 0.5;
    }
  }
  return pixels;
}

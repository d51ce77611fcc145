import type { Capture } from "../people/capture.ts";
import { createRandom, type Random } from "../people/random.ts";
import { linearRgb, mix, mixRgb, smoothstep, type Rgb } from "./math.ts";

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

/** Paints the background small once and hands out blended pixels of it. */
export function backgroundSampler(
  paint: Paint,
  width: number,
  height: number,
): (x: number, y: number, out: Float32Array) => void {
  const columns = 48;
  const rows = 60;
  const grid = new Float32Array(columns * rows * 3);
  for (let row = 0; row < rows; row += 1) {
    for (let column = 0; column < columns; column += 1)
      grid.set(paint(column / (columns - 1), row / (rows - 1)), (row * columns + column) * 3);
  }
  return (x, y, out) => {
    const fx = Math.min(columns - 1.001, (x / width) * (columns - 1));
    const fy = Math.min(rows - 1.001, (y / height) * (rows - 1));
    const i = ((fy | 0) * columns + (fx | 0)) * 3;
    const tx = fx % 1;
    const ty = fy % 1;
    for (let k = 0; k < 3; k += 1) {
      out[k] = mix(
        mix(grid[i + k] ?? 0, grid[i + 3 + k] ?? 0, tx),
        mix(grid[i + columns * 3 + k] ?? 0, grid[i + columns * 3 + 3 + k] ?? 0, tx),
        ty,
      );
    }
  };
}

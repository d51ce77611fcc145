/** Small pure functions that every part of the drawing uses. */
export const clamp = (value: number, low: number, high: number): number =>
  value < low ? low : value > high ? high : value;
export const mix = (a: number, b: number, t: number): number => a + (b - a) * t;
export const smoothstep = (low: number, high: number, value: number): number => {
  const t = clamp((value - low) / (high - low), 0, 1);
  return t * t * (3 - 2 * t);
};
const fallSteps = 4096;
const fallEnd = 18;
/** exp(-d / 2) from 0 to 18: reading it takes a fifth of the time of working it out. */
const fallTable = Float32Array.from({ length: fallSteps + 2 }, (_, i) =>
  i >= fallSteps ? 0 : Math.exp((-0.5 * i * fallEnd) / fallSteps),
);
/** exp(-squared / 2), and 0 beyond 18. */
export const fall = (squared: number): number =>
  squared >= fallEnd ? 0 : (fallTable[(squared * (fallSteps / fallEnd)) | 0] ?? 0);
/** A bell of height 1 and width `sigma` around `center`. */
export const bell = (value: number, center: number, sigma: number): number => {
  const d = (value - center) / sigma;
  return fall(d * d);
};
/** A bell in two dimensions. */
export const blob = (dx: number, dy: number, sx: number, sy: number): number =>
  fall((dx * dx) / (sx * sx) + (dy * dy) / (sy * sy));

/** Makes the function that tells a point's distance from a line between two points. */
export function lineDistance(
  x0: number,
  y0: number,
  x1: number,
  y1: number,
): (x: number, y: number) => number {
  const dx = x1 - x0;
  const dy = y1 - y0;
  const inverse = 1 / (dx * dx + dy * dy);
  return (x, y) => {
    const t = clamp(((x - x0) * dx + (y - y0) * dy) * inverse, 0, 1);
    const ox = x - x0 - t * dx;
    const oy = y - y0 - t * dy;
    return Math.sqrt(ox * ox + oy * oy);
  };
}

/** A smooth curve through `knots` ([x, y], x falling or rising), sampled into a table for speed. */
export function curve(knots: readonly (readonly [number, number])[]): (x: number) => number {
  const sorted = knots.toSorted((a, b) => a[0] - b[0]);
  const xs = sorted.map((knot) => knot[0]);
  const ys = sorted.map((knot) => knot[1]);
  const x = (i: number): number => xs[clamp(i, 0, xs.length - 1)] ?? 0;
  const y = (i: number): number => ys[clamp(i, 0, ys.length - 1)] ?? 0;
  const slope = (i: number): number => {
    const span = x(i + 1) - x(i - 1);
    return span === 0 ? 0 : (y(i + 1) - y(i - 1)) / span;
  };
  const size = 512;
  const low = x(0);
  const high = x(xs.length - 1);
  const table = new Float32Array(size + 2);
  let i = 0;
  for (let k = 0; k <= size; k += 1) {
    const at = mix(low, high, k / size);
    while (i < xs.length - 2 && at > x(i + 1)) i += 1;
    const width = x(i + 1) - x(i);
    const t = clamp((at - x(i)) / width, 0, 1);
    const t2 = t * t;
    const t3 = t2 * t;
    table[k] =
      (2 * t3 - 3 * t2 + 1) * y(i) +
      (t3 - 2 * t2 + t) * width * slope(i) +
      (3 * t2 - 2 * t3) * y(i + 1) +
      (t3 - t2) * width * slope(i + 1);
  }
  table[size + 1] = table[size] ?? 0;
  const scale = size / (high - low);
  return (at) => {
    const position = clamp((at - low) * scale, 0, size);
    const k = position | 0;
    const from = table[k] ?? 0;
    return from + ((table[k + 1] ?? 0) - from) * (position - k);
  };
}

/** The 8-bit sRGB value as linear light from 0 to 1. */
const toLinear = (value: number): number => {
  const v = value / 255;
  return v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4;
};
export type Rgb = readonly [number, number, number];
export const linearRgb = (r: number, g: number, b: number): Rgb => [
  toLinear(r),
  toLinear(g),
  toLinear(b),
];
export const mixRgb = (a: Rgb, b: Rgb, t: number): Rgb => [
  mix(a[0], b[0], t),
  mix(a[1], b[1], t),
  mix(a[2], b[2], t),
];

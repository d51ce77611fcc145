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

/** A bell in two dimensions: its height, its middle and its width in both directions. */
export type Bump = readonly [height: number, x: number, y: number, sx: number, sy: number];

/**
 * The sum of bumps at a point. Ask row by row: which bumps reach a row, and how high they are there,
 * is worked out once for it.
 */
export function bumpField(bumps: readonly Bump[]): (x: number, y: number) => number {
  const reaching = new Float64Array(bumps.length * 3);
  let end = 0;
  let row = Number.NaN;
  const enter = (y: number): void => {
    row = y;
    end = 0;
    for (const [height, x, middleY, sx, sy] of bumps) {
      const inRow = height * bell(y, middleY, sy);
      if (Math.abs(inRow) < 5e-4) continue;
      reaching[end] = inRow;
      reaching[end + 1] = x;
      reaching[end + 2] = 1 / sx;
      end += 3;
    }
  };
  return (x, y) => {
    if (y !== row) enter(y);
    let sum = 0;
    for (let i = 0; i < end; i += 3) {
      const d = (x - (reaching[i + 1] ?? 0)) * (reaching[i + 2] ?? 0);
      sum += (reaching[i] ?? 0) * fall(d * d);
    }
    return sum;
  };
}

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
  const last = sorted.length - 1;
  const knot = (i: number): readonly [number, number] => sorted[clamp(i, 0, last)] ?? [0, 0];
  const slope = (i: number): number => {
    const span = knot(i + 1)[0] - knot(i - 1)[0];
    return span === 0 ? 0 : (knot(i + 1)[1] - knot(i - 1)[1]) / span;
  };
  const size = 512;
  const low = knot(0)[0];
  const high = knot(last)[0];
  const table = new Float32Array(size + 2);
  for (let i = 0, k = 0; i < last; i += 1) {
    const [from, y0] = knot(i);
    const [to, y1] = knot(i + 1);
    const slope0 = slope(i) * (to - from);
    const slope1 = slope(i + 1) * (to - from);
    const end = i === last - 1 ? size : ((to - low) / (high - low)) * size;
    for (; k <= end; k += 1) {
      const t = clamp((mix(low, high, k / size) - from) / (to - from), 0, 1);
      const t2 = t * t;
      const t3 = t2 * t;
      table[k] =
        (2 * t3 - 3 * t2 + 1) * y0 +
        (t3 - 2 * t2 + t) * slope0 +
        (3 * t2 - 2 * t3) * y1 +
        (t3 - t2) * slope1;
    }
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

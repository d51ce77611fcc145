import type { PixelSheet } from "../render/raster.ts";

/** Kept from picture to picture, because making a megabyte anew each time costs more than filling it. */
let before = new Uint8Array(0);

/**
 * Makes a drawn figure look as if seen through a lens. Where two surfaces meet, a pixel takes some of
 * its neighbours' light, for no lens draws steps; then all is blurred that is a little out of focus:
 * `radius` in pixels, up to about 1. What lies behind the figure is blurred already and stays.
 */
export function softenFigure(pixels: Uint8Array, sheet: PixelSheet, radius: number): void {
  const spans = figureSpans(sheet);
  if (before.length !== pixels.length) before = new Uint8Array(pixels.length);
  before.set(pixels);
  for (let y = 1; y < sheet.height - 1; y += 1)
    softenRow(pixels, sheet, spans[y * 2] ?? 0, spans[y * 2 + 1] ?? 0);
  const side = Math.min(64, Math.round((radius * radius * 256) / 2));
  if (side >= 4) blurLens(pixels, sheet.width * 3, spans, side);
}

/** From which pixel up to which a row shows the figure or what is next to it; an empty row is 0, 0. */
function figureSpans({ width, height, material }: PixelSheet): Int32Array {
  const spans = new Int32Array(height * 2);
  for (let y = 0; y < height; y += 1) {
    const start = y * width;
    let first = start + 1;
    let last = start + width - 2;
    while (first < last && material[first] === 0) first += 1;
    while (first < last && material[last] === 0) last -= 1;
    if (first === last) continue;
    spans[y * 2] = Math.max(first - 1, start + 1);
    spans[y * 2 + 1] = Math.min(last + 2, start + width - 1);
  }
  return spans;
}

/** Rows are functions of their own: V8 compiles those well, and a loop in a loop over and over. */
function softenRow(
  pixels: Uint8Array,
  { width, material, near }: PixelSheet,
  from: number,
  to: number,
): void {
  const row = width * 3;
  for (let i = from; i < to; i += 1) {
    const own = material[i] ?? 0;
    const right = material[i + 1] ?? 0;
    const below = material[i + width] ?? 0;
    if (own === 0 && right === 0 && below === 0) {
      if (material[i - 1] === 0 && material[i - width] === 0) continue;
    }
    const depth = near[i] ?? 0;
    const jump = depth * 0.012;
    if (
      own === right &&
      own === below &&
      own === material[i - 1] &&
      own === material[i - width] &&
      Math.abs((near[i + 1] ?? 0) - depth) < jump &&
      Math.abs((near[i + width] ?? 0) - depth) < jump &&
      Math.abs((near[i - 1] ?? 0) - depth) < jump &&
      Math.abs((near[i - width] ?? 0) - depth) < jump
    )
      continue;
    const at = i * 3;
    for (let k = at; k < at + 3; k += 1) {
      // The 3 × 3 binomial kernel.
      pixels[k] =
        ((before[k] ?? 0) * 4 +
          ((before[k - 3] ?? 0) +
            (before[k + 3] ?? 0) +
            (before[k - row] ?? 0) +
            (before[k + row] ?? 0)) *
            2 +
          (before[k - row - 3] ?? 0) +
          (before[k - row + 3] ?? 0) +
          (before[k + row - 3] ?? 0) +
          (before[k + row + 3] ?? 0) +
          8) >>
        4;
    }
  }
}

/** Blurs by a separable kernel of three pixels, whose outer ones have the weight `side` of 256. */
function blurLens(pixels: Uint8Array, row: number, spans: Int32Array, side: number): void {
  const rows = spans.length / 2;
  for (let y = 0; y < rows; y += 1)
    blurAcross(pixels, (spans[y * 2] ?? 0) * 3, (spans[y * 2 + 1] ?? 0) * 3, side);
  let above = pixels.slice(0, row);
  let line = new Uint8Array(row);
  for (let y = 1; y < rows - 1; y += 1) {
    line.set(pixels.subarray(y * row, (y + 1) * row));
    const from = (spans[y * 2] ?? 0) * 3;
    if (from > 0) blurDown(pixels, above, from, (spans[y * 2 + 1] ?? 0) * 3, side);
    [above, line] = [line, above];
  }
}

function blurAcross(pixels: Uint8Array, from: number, to: number, side: number): void {
  const middle = 256 - 2 * side;
  let [r, g, b] = [pixels[from - 3] ?? 0, pixels[from - 2] ?? 0, pixels[from - 1] ?? 0];
  for (let i = from; i < to; i += 3) {
    const r1 = pixels[i] ?? 0,
      g1 = pixels[i + 1] ?? 0,
      b1 = pixels[i + 2] ?? 0;
    pixels[i] = ((r + (pixels[i + 3] ?? 0)) * side + r1 * middle + 128) >> 8;
    pixels[i + 1] = ((g + (pixels[i + 4] ?? 0)) * side + g1 * middle + 128) >> 8;
    pixels[i + 2] = ((b + (pixels[i + 5] ?? 0)) * side + b1 * middle + 128) >> 8;
    r = r1;
    g = g1;
    b = b1;
  }
}

/** Blurs part of a row downwards; `above` is the row over it as it was before. */
function blurDown(
  pixels: Uint8Array,
  above: Uint8Array,
  from: number,
  to: number,
  side: number,
): void {
  const row = above.length;
  const middle = 256 - 2 * side;
  for (let i = from, x = from % row; i < to; i += 1, x += 1)
    pixels[i] =
      (((above[x] ?? 0) + (pixels[i + row] ?? 0)) * side + (pixels[i] ?? 0) * middle + 128) >> 8;
}

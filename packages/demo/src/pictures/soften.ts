import type { PixelSheet } from "../render/raster.ts";

/** Kept from picture to picture, because making a megabyte anew each time costs more than filling it. */
let before = new Uint8Array(0);

/**
 * Smooths what a lens would never draw as steps: where two surfaces meet, a pixel takes some of its
 * neighbours' light, strongest at the frayed edges of hair. The rest of the picture stays as it is.
 */
export function softenEdges(pixels: Uint8Array, sheet: PixelSheet): void {
  const { height } = sheet;
  if (before.length !== pixels.length) before = new Uint8Array(pixels.length);
  before.set(pixels);
  for (let y = 1; y < height - 1; y += 1) softenRow(pixels, sheet, y);
}

/** Rows are functions of their own: V8 compiles those well, and a loop in a loop over and over. */
function softenRow(pixels: Uint8Array, { width, material, near }: PixelSheet, y: number): void {
  const row = width * 3;
  let i = y * width + 1;
  for (let x = 1; x < width - 1; x += 1, i += 1) {
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

/** Blurs a whole picture by a lens that is a little out of focus; `radius` in pixels, up to about 1. */
export function blurLens(pixels: Uint8Array, width: number, height: number, radius: number): void {
  const side = Math.min(64, Math.round((radius * radius * 256) / 2));
  if (side < 4) return;
  const row = width * 3;
  for (let y = 0; y < height; y += 1) blurAcross(pixels.subarray(y * row, (y + 1) * row), side);
  let above = pixels.slice(0, row);
  let line = new Uint8Array(row);
  for (let y = 1; y < height - 1; y += 1) {
    const own = pixels.subarray(y * row, (y + 1) * row);
    line.set(own);
    blurDown(own, above, pixels.subarray((y + 1) * row, (y + 2) * row), side);
    [above, line] = [line, above];
  }
}

function blurAcross(line: Uint8Array, side: number): void {
  const middle = 256 - 2 * side;
  let [r, g, b] = [line[0] ?? 0, line[1] ?? 0, line[2] ?? 0];
  for (let i = 0; i < line.length - 3; i += 3) {
    const r1 = line[i] ?? 0,
      g1 = line[i + 1] ?? 0,
      b1 = line[i + 2] ?? 0;
    line[i] = ((r + (line[i + 3] ?? 0)) * side + r1 * middle + 128) >> 8;
    line[i + 1] = ((g + (line[i + 4] ?? 0)) * side + g1 * middle + 128) >> 8;
    line[i + 2] = ((b + (line[i + 5] ?? 0)) * side + b1 * middle + 128) >> 8;
    r = r1;
    g = g1;
    b = b1;
  }
}

function blurDown(line: Uint8Array, above: Uint8Array, below: Uint8Array, side: number): void {
  const middle = 256 - 2 * side;
  for (let i = 0; i < line.length; i += 1)
    line[i] = (((above[i] ?? 0) + (below[i] ?? 0)) * side + (line[i] ?? 0) * middle + 128) >> 8;
}

/**
 * How sharp a grey picture is: the variance of its Laplacian (Pech-Pacheco et al. 2000). It grows
 * with fine detail and falls with blur; it compares frames of one clip, and says nothing across
 * clips. No face is looked for.
 *
 * @param grey lightness, row by row.
 */
export function sharpnessOf(grey: ArrayLike<number>, width: number, height: number): number {
  let [sum, squares, count] = [0, 0, 0];
  for (let y = 1; y < height - 1; y += 1) {
    for (let at = y * width + 1, end = (y + 1) * width - 1; at < end; at += 1) {
      const edge =
        (grey[at - width] ?? 0) +
        (grey[at + width] ?? 0) +
        (grey[at - 1] ?? 0) +
        (grey[at + 1] ?? 0) -
        4 * (grey[at] ?? 0);
      sum += edge;
      squares += edge * edge;
      count += 1;
    }
  }
  if (count === 0) return 0;
  const mean = sum / count;
  return squares / count - mean * mean;
}

/** Lightness of RGBA pixels (Rec. 601, as cameras mix it). */
export function greyOf(pixels: Uint8ClampedArray): Float32Array {
  const grey = new Float32Array(pixels.length / 4);
  for (let at = 0; at < grey.length; at += 1) {
    const from = at * 4;
    grey[at] =
      0.299 * (pixels[from] ?? 0) +
      0.587 * (pixels[from + 1] ?? 0) +
      0.114 * (pixels[from + 2] ?? 0);
  }
  return grey;
}

/**
 * The sharpest frames, each at least `apart` frames from the others, so that they show different
 * moments; in the order of the clip.
 */
export function sharpestOf(
  values: readonly number[],
  most: number,
  apart: number,
): readonly number[] {
  const chosen: number[] = [];
  const bySharpness = values.map((_, index) => index);
  bySharpness.sort((one, other) => (values[other] ?? 0) - (values[one] ?? 0) || one - other);
  for (const index of bySharpness) {
    if (chosen.length === most) break;
    if (chosen.every((other) => Math.abs(other - index) >= apart)) chosen.push(index);
  }
  return chosen.toSorted((one, other) => one - other);
}

const brightest = 3;
const steps = 8192;
const scale = steps / brightest;
/** Linear light to 8 bits: a soft shoulder as cameras have it, then the sRGB curve. */
const table = Uint8Array.from({ length: steps + 1 }, (_, i) => {
  const light = i / scale;
  const v = light < 0.55 ? light : 0.55 + 0.45 * (1 - Math.exp((0.55 - light) / 0.45));
  return Math.round(255 * (v <= 0.0031308 ? v * 12.92 : 1.055 * v ** (1 / 2.4) - 0.055));
});

/** The 8-bit value of linear light, 1 being white paper. */
export function develop(light: number): number {
  if (light >= brightest) return 255;
  return light <= 0 ? 0 : (table[(light * scale) | 0] ?? 0);
}

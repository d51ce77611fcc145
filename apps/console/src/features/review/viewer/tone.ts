/** How a picture is shown brighter, harder or sharper than it is. View-only. */
export interface Tone {
  /** Added to each channel, −1 to 1. */
  readonly brightness: number;
  /** −1 (all grey) to 1 (three times as steep), about middle grey. */
  readonly contrast: number;
  /** 0.25 to 4; above 1 opens the shadows. */
  readonly gamma: number;
  /** 0 (grey) to 3; 1 leaves it. */
  readonly saturation: number;
  /** 0 to 2: how much of the difference from its neighbours is added to each point. */
  readonly sharpen: number;
}

export const NEUTRAL: Tone = { brightness: 0, contrast: 0, gamma: 1, saturation: 1, sharpen: 0 };

interface ToneRange {
  readonly words: string;
  readonly least: number;
  readonly most: number;
  readonly step: number;
}

export const TONE_NAMES = ["brightness", "contrast", "gamma", "saturation", "sharpen"] as const;
export type ToneName = (typeof TONE_NAMES)[number];

export const TONE_RANGES: Readonly<Record<ToneName, ToneRange>> = {
  brightness: { words: "Brightness", least: -0.6, most: 0.6, step: 0.02 },
  contrast: { words: "Contrast", least: -0.8, most: 1, step: 0.02 },
  gamma: { words: "Gamma", least: 0.3, most: 3, step: 0.05 },
  saturation: { words: "Saturation", least: 0, most: 3, step: 0.05 },
  sharpen: { words: "Sharpen", least: 0, most: 2, step: 0.05 },
};

export function isNeutral(tone: Tone): boolean {
  return TONE_NAMES.every((name) => tone[name] === NEUTRAL[name]);
}

/** How steep contrast makes the curve: 0 at −1, 1 at 0, 3 at 1. */
export function slopeOf(contrast: number): number {
  return contrast < 0 ? 1 + contrast : 1 + 2 * contrast;
}

/** What becomes of each of a channel's 256 values; saturation and sharpening come beside it. */
export function toneCurve(tone: Tone): Uint8ClampedArray {
  const slope = slopeOf(tone.contrast);
  return Uint8ClampedArray.from({ length: 256 }, (_, value) => {
    const bright = (value / 255 - 0.5) * slope + 0.5 + tone.brightness;
    return Math.round(255 * Math.max(0, bright) ** (1 / tone.gamma));
  });
}

/** Weights of red, green and blue in what a point's lightness is taken to be (Rec. 709). */
export const LUMA = [0.2126, 0.7152, 0.0722] as const;

/**
 * Shows a picture's pixels in a tone, in place. The same steps as the shader's, in the same order:
 * sharpen, curve, saturation. Transparent pixels stay so.
 *
 * @param pixels RGBA of `width` × `height`.
 * @param reach pixels to the neighbours that sharpening compares with, so that what is magnified
 *   is sharpened by its own detail and not by the screen's.
 */
export function applyTone(
  pixels: Uint8ClampedArray,
  size: { readonly width: number; readonly height: number },
  tone: Tone,
  reach: number,
): void {
  if (tone.sharpen > 0) sharpen(pixels, size, tone.sharpen, Math.max(1, Math.round(reach)));
  const curve = toneCurve(tone);
  const { saturation } = tone;
  const plain = saturation === 1;
  for (let at = 0; at < pixels.length; at += 4) {
    if (pixels[at + 3] === 0) continue;
    const red = curve[pixels[at] ?? 0] ?? 0;
    const green = curve[pixels[at + 1] ?? 0] ?? 0;
    const blue = curve[pixels[at + 2] ?? 0] ?? 0;
    if (plain) {
      pixels[at] = red;
      pixels[at + 1] = green;
      pixels[at + 2] = blue;
      continue;
    }
    const luma = LUMA[0] * red + LUMA[1] * green + LUMA[2] * blue;
    pixels[at] = luma + (red - luma) * saturation;
    pixels[at + 1] = luma + (green - luma) * saturation;
    pixels[at + 2] = luma + (blue - luma) * saturation;
  }
}

function sharpen(
  pixels: Uint8ClampedArray,
  { width, height }: { readonly width: number; readonly height: number },
  amount: number,
  reach: number,
): void {
  const source = pixels.slice();
  const row = width * 4;
  const [aside, below] = [reach * 4, reach * row];
  for (let y = reach; y < height - reach; y += 1) {
    for (let at = y * row + aside, end = (y + 1) * row - aside; at < end; at += 4) {
      if (source[at + 3] === 0) continue;
      for (let channel = at; channel < at + 3; channel += 1) {
        const here = source[channel] ?? 0;
        const around =
          (source[channel - aside] ?? 0) +
          (source[channel + aside] ?? 0) +
          (source[channel - below] ?? 0) +
          (source[channel + below] ?? 0);
        pixels[channel] = here + amount * (here - around / 4);
      }
    }
  }
}

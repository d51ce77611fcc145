/** What one file may be; anything over is refused before it is decoded. */
export const photoLimits = {
  bytes: 20 * 1024 * 1024,
  /** Counted on the header, before a pixel is decoded; fewer where decoding takes more memory. */
  pixelsOf: {
    jpeg: 50_000_000,
    png: 50_000_000,
    webp: 50_000_000,
    avif: 24_000_000,
    heic: 16_000_000,
  },
  /** Unpacked texts, and an unpacked colour profile, larger than these have no honest use. */
  textBytes: 1_000_000,
  profileBytes: 4_000_000,
  /** Progressive pictures have about ten scans; thousands cost hours of decoding. */
  scans: 100,
} as const;

export const clipLimits = {
  bytes: 32 * 1024 * 1024,
  /** Recorders told to stop at 30 s write a few frames more. */
  seconds: 30,
  secondsTolerance: 0.5,
  /** 240 frames a second, the fastest a phone films. */
  frames: 7_500,
  /** Longer than any camera's stutter: a piece of the clip is missing. */
  gapSeconds: 2,
} as const;

/** A size in words, such as `20 MB`. */
export function megabytes(bytes: number): string {
  return `${Math.round(bytes / (1024 * 1024))} MB`;
}

/** What is known of a clip's length. */
export interface ClipLength {
  readonly frames: number | null;
  readonly durationMs: number | null;
}

/** How many frames a clip has; one where nothing is known. */
export function frameCount(clip: ClipLength): number {
  return Math.max(1, clip.frames ?? 1);
}

/**
 * The frame on show at a time in seconds, from 0. Frames are taken as equally long; exact steps at
 * a variable rate need the clip to be decoded frame by frame.
 */
export function frameAt(clip: ClipLength, seconds: number): number {
  const frame = Math.floor(seconds / frameSeconds(clip) + 1e-3);
  return Math.min(frameCount(clip) - 1, Math.max(0, frame));
}

/** A time within a frame, in seconds: its middle, where rounding can't miss it. */
export function timeOf(clip: ClipLength, frame: number): number {
  const wanted = Math.min(frameCount(clip) - 1, Math.max(0, frame));
  return (wanted + 0.5) * frameSeconds(clip);
}

function frameSeconds(clip: ClipLength): number {
  const duration = (clip.durationMs ?? 0) / 1000;
  return duration > 0 ? duration / frameCount(clip) : 1 / 25;
}

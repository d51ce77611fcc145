/** When a frame is presented, in seconds from the clip's first frame. */
export interface FrameTime {
  readonly start: number;
  readonly end: number;
}

/** What a file says of a frame, in seconds. Files list frames in the order of decoding. */
export interface PacketTime {
  readonly timestamp: number;
  readonly duration: number;
}

/** Two timestamps closer than this are the same: decoders round to microseconds. */
const SAME = 1e-5;

/**
 * Frames in the order in which they are seen, whatever the rate and however it varies. A frame stays
 * until the next one comes; the last one for as long as the file says, or as the one before it.
 * Recorders write several frames for one moment; playing shows the last of them, steps show each.
 */
export function timelineOf(packets: readonly PacketTime[]): readonly FrameTime[] {
  const sorted = packets.toSorted((one, other) => one.timestamp - other.timestamp);
  const first = sorted[0]?.timestamp ?? 0;
  const frames: FrameTime[] = [];
  for (const [index, { timestamp, duration }] of sorted.entries()) {
    const start = timestamp - first;
    const next = sorted[index + 1];
    const before = frames.at(-1);
    const stays =
      duration > 0 ? duration : before === undefined ? 1 / 25 : before.end - before.start;
    frames.push({ start, end: next === undefined ? start + stays : next.timestamp - first });
  }
  return frames;
}

/** The frame that is on show at a time, in seconds from the first frame. */
export function frameAt(frames: readonly FrameTime[], seconds: number): number {
  let [low, high] = [0, frames.length - 1];
  while (low < high) {
    const middle = (low + high + 1) >> 1;
    if ((frames[middle]?.start ?? 0) <= seconds + SAME) low = middle;
    else high = middle - 1;
  }
  return Math.max(0, low);
}

/** How long all frames are shown, in seconds. */
export function lengthOf(frames: readonly FrameTime[]): number {
  return frames.at(-1)?.end ?? 0;
}

/**
 * Where playing is after some time has passed.
 *
 * @param seconds where it was, from the first frame.
 * @returns the new place, and whether the end was reached without looping.
 */
export function playOn(
  frames: readonly FrameTime[],
  seconds: number,
  passed: { readonly seconds: number; readonly speed: number; readonly loop: boolean },
): { readonly seconds: number; readonly ended: boolean } {
  const length = lengthOf(frames);
  const now = seconds + passed.seconds * passed.speed;
  if (now < length) return { seconds: now, ended: false };
  if (passed.loop && length > 0) return { seconds: now % length, ended: false };
  return { seconds: frames.at(-1)?.start ?? 0, ended: true };
}

/** The first frame of the moment that a frame belongs to. */
export function momentOf(frames: readonly FrameTime[], index: number): number {
  const start = frames[index]?.start ?? 0;
  let first = index;
  while (first > 0 && start - (frames[first - 1]?.start ?? 0) <= SAME) first -= 1;
  return first;
}

/**
 * Which frame a decoder gave, by its time.
 *
 * @param expected the frame after the one before, which tells frames of one moment apart.
 */
export function frameGiven(
  frames: readonly FrameTime[],
  seconds: number,
  expected: number,
): number {
  const time = frames[expected];
  if (time !== undefined && Math.abs(time.start - seconds) <= SAME) return expected;
  return momentOf(frames, frameAt(frames, seconds));
}

import type { ClipDecoder, DecodedFrame } from "./clip-decoder.ts";
import { frameGiven, momentOf } from "./timeline.ts";

/** What decoded frames may take, in bytes: 54 of 640 × 480. */
const MOST_BYTES = 64 * 2 ** 20;
/** A step back seldom comes alone: so many frames before it are decoded along with it. */
const BACK = 12;
/** Further ahead than this it is quicker to start from a key frame than to decode all between. */
const SKIP = 40;

/** A picture that holds memory until it is closed. */
interface Closable {
  readonly close: () => void;
}

/** Frames near the one on show, decoded; all others are freed. */
export interface FrameWindow<Frame extends Closable> {
  /** The frame, once it is decoded. Rejects where it can't be. */
  readonly get: (index: number) => Promise<Frame>;
  /** The frame if it is there already. */
  readonly peek: (index: number) => Frame | undefined;
  readonly close: () => void;
}

/** An empty window on a clip. Calls of `get` are answered one after the other. */
export function openWindow<Frame extends Closable>(
  decoder: ClipDecoder,
  render: (frame: DecodedFrame) => Frame,
): FrameWindow<Frame> {
  const { width, height, times } = decoder;
  const most = Math.max(3, Math.floor(MOST_BYTES / (width * height * 4)));
  const kept = new Map<number, Frame>();
  let run: ReturnType<ClipDecoder["frames"]> | null = null;
  let next = 0;
  let startedAt = 0;
  let last = 0;
  let closed = false;
  let queue: Promise<unknown> = Promise.resolve();

  async function start(from: number): Promise<void> {
    await run?.return();
    startedAt = momentOf(times, from);
    run = decoder.frames(startedAt);
    next = startedAt;
  }

  /** Decodes one more frame; false at the clip's end. */
  async function decodeOne(wanted: number): Promise<boolean> {
    const result = await run?.next();
    if (result === undefined || result.done === true || closed) return false;
    const index = frameGiven(times, result.value.seconds, next);
    // Decoders begin with what is on show just before; which frame of that moment it is can't be told.
    if (index < startedAt) return true;
    next = index + 1;
    if (!kept.has(index)) kept.set(index, render(result.value));
    free(wanted);
    return true;
  }

  /** Frees the frames furthest from the one that is wanted. */
  function free(wanted: number): void {
    while (kept.size > most) {
      const distance = (index: number): number => Math.abs(index - wanted);
      const furthest = Math.max(...Array.from(kept.keys(), distance));
      for (const [index, frame] of kept) {
        if (distance(index) < furthest) continue;
        frame.close();
        kept.delete(index);
      }
    }
  }

  async function decodeUpTo(index: number): Promise<void> {
    while (!kept.has(index) && next <= index && (await decodeOne(index)));
  }

  async function find(index: number): Promise<Frame> {
    const back = index < last;
    last = index;
    if (!kept.has(index)) {
      const ahead = index - next;
      if (run === null || ahead < 0 || ahead > SKIP) {
        await start(back ? Math.max(0, index - Math.min(BACK, most - 2)) : index);
      }
      try {
        await decodeUpTo(index);
      } catch {
        // What broke may lie before it; a fresh start decodes no more than it needs.
        await start(index);
        await decodeUpTo(index);
      }
    }
    // A decoder may give one frame for several of one moment.
    const found = kept.get(index) ?? kept.get(momentOf(times, index));
    if (found === undefined) throw new Error(`Frame ${index + 1} can't be decoded.`);
    return found;
  }

  return {
    get(index) {
      const answer = queue.then(() => find(index));
      queue = answer.catch(() => {
        run = null;
      });
      return answer;
    },
    peek: (index) => kept.get(index) ?? kept.get(momentOf(times, index)),
    close() {
      closed = true;
      void queue.then(async () => run?.return());
      for (const frame of kept.values()) frame.close();
      kept.clear();
    },
  };
}

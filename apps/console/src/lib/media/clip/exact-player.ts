import { createStore } from "../../store.ts";
import type { ClipDecoder, DecodedFrame } from "./clip-decoder.ts";
import { AT_REST, type ClipPlayer, type ClipState, NO_SURVEY } from "./clip-player.ts";
import { openWindow } from "./frame-window.ts";
import { surveyClip } from "./survey-clip.ts";
import { frameAt, playOn } from "./timeline.ts";

/** While playing, so many frames are decoded ahead. */
const AHEAD = 6;

/**
 * A clip whose every frame is decoded and shown by its presentation time. Rejects where not even
 * one frame can be decoded.
 */
export async function createExactPlayer(decoder: ClipDecoder): Promise<ClipPlayer> {
  const { width, height, times } = decoder;
  const surface = document.createElement("canvas");
  surface.width = width;
  surface.height = height;
  const context = surface.getContext("2d", { alpha: false });
  if (context === null) throw new Error("This browser gives no canvas to draw frames on.");
  const frames = openWindow(decoder, (frame) => bitmapOf(frame, width, height));
  const state = createStore<ClipState>(AT_REST);
  const survey = createStore(NO_SURVEY);
  const listeners = new Set<() => void>();
  const ending = new AbortController();
  let clock = 0;
  let tickedAt = 0;
  let request = 0;
  let wanted = 0;
  let bringing: Promise<void> | null = null;

  const patch = (change: Partial<ClipState>): void => state.set({ ...state.get(), ...change });

  function show(index: number, bitmap: ImageBitmap): void {
    context?.drawImage(bitmap, 0, 0);
    patch({ frame: index });
    for (const listener of listeners) listener();
  }

  function broken(index: number): void {
    const { brokenFrom } = state.get();
    patch({ brokenFrom: Math.min(brokenFrom ?? index, index), playing: false });
  }

  /** Shows the frame that was asked for last; those asked for meanwhile are passed over. */
  async function bringWanted(): Promise<void> {
    for (let index = wanted; !ending.signal.aborted; index = wanted) {
      try {
        const bitmap = await frames.get(index);
        if (!ending.signal.aborted) show(index, bitmap);
      } catch {
        if (!ending.signal.aborted) broken(index);
      }
      if (wanted === index) break;
    }
    bringing = null;
  }

  function tick(now: number): void {
    const { playing, speed, loop, frame } = state.get();
    if (!playing) return;
    const passed = { seconds: (now - tickedAt) / 1000, speed, loop };
    tickedAt = now;
    const moved = playOn(times, clock, passed);
    const index = frameAt(times, moved.seconds);
    const bitmap = frames.peek(index);
    if (index === frame) clock = moved.seconds;
    else if (bitmap !== undefined) {
      clock = moved.seconds;
      show(index, bitmap);
    }
    // Where decoding lags behind, the clock waits: no frame is passed over for being late.
    if (moved.ended && index === state.get().frame) {
      patch({ playing: false });
      return;
    }
    decodeAhead(index);
    request = requestAnimationFrame(tick);
  }

  let ahead = -1;
  function decodeAhead(index: number): void {
    const next = (index + AHEAD) % times.length;
    const goal = frames.peek(index) === undefined ? index : next;
    if (goal === ahead || frames.peek(goal) !== undefined) return;
    ahead = goal;
    frames
      .get(goal)
      .catch(() => broken(goal))
      .finally(() => {
        ahead = -1;
      });
  }

  await frames.get(0).then((bitmap) => show(0, bitmap));
  void surveyClip(decoder, survey, ending.signal);

  return {
    state,
    survey,
    times,
    exact: true,
    surface,
    width,
    height,
    target: () => (bringing === null ? state.get().frame : wanted),
    play() {
      if (state.get().playing || times.length < 2) return;
      const { frame } = state.get();
      clock = frame === times.length - 1 ? 0 : (times[frame]?.start ?? 0);
      tickedAt = performance.now();
      patch({ playing: true });
      request = requestAnimationFrame(tick);
    },
    pause: () => patch({ playing: false }),
    async seek(frame) {
      patch({ playing: false });
      wanted = Math.min(times.length - 1, Math.max(0, frame));
      bringing ??= bringWanted();
      await bringing;
    },
    setSpeed: (speed) => patch({ speed }),
    setLoop: (loop) => patch({ loop }),
    onFrame(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      ending.abort();
      cancelAnimationFrame(request);
      state.set({ ...state.get(), playing: false });
      frames.close();
      for (const thumb of survey.get().thumbs.values()) thumb.close();
      decoder.close();
    },
  };
}

function bitmapOf(frame: DecodedFrame, width: number, height: number): ImageBitmap {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext("2d", { alpha: false });
  if (context === null) throw new Error("This browser gives no canvas to draw frames on.");
  frame.draw(context, width, height);
  return canvas.transferToImageBitmap();
}

import { createStore } from "../../store.ts";
import { AT_REST, type ClipPlayer, type ClipState, NO_SURVEY } from "./clip-player.ts";
import { frameAt, lengthOf, timelineOf } from "./timeline.ts";

/**
 * A clip in the browser's own player, for codecs that WebCodecs can't decode here. Frames are taken
 * as equally long, so steps are approximate. Rejects where the browser can't play it either.
 */
export async function createBrowserPlayer(
  bytes: Blob,
  known: { readonly frames: number | null; readonly durationMs: number | null },
): Promise<ClipPlayer> {
  const url = URL.createObjectURL(bytes);
  const surface = document.createElement("video");
  surface.muted = true;
  surface.loop = true;
  surface.playsInline = true;
  surface.preload = "auto";
  surface.src = url;
  try {
    await new Promise<void>((resolve, reject) => {
      surface.addEventListener("loadeddata", () => resolve(), { once: true });
      surface.addEventListener("error", () => reject(new Error("The clip can't be played.")), {
        once: true,
      });
    });
  } catch (error) {
    URL.revokeObjectURL(url);
    throw error;
  }
  const count = Math.max(1, known.frames ?? 1);
  const each = Math.max(0.001, (known.durationMs ?? surface.duration * 1000) / 1000 / count);
  const times = timelineOf(
    Array.from({ length: count }, (_, index) => ({ timestamp: index * each, duration: each })),
  );
  const state = createStore<ClipState>(AT_REST);
  const listeners = new Set<() => void>();
  const patch = (change: Partial<ClipState>): void => state.set({ ...state.get(), ...change });
  let wanted: number | null = null;
  const shown = (_now: number, { mediaTime }: { mediaTime: number }): void => {
    wanted = null;
    patch({ frame: frameAt(times, mediaTime + 1e-3) });
    for (const listener of listeners) listener();
    request = surface.requestVideoFrameCallback(shown);
  };
  let request = surface.requestVideoFrameCallback(shown);
  surface.addEventListener("play", () => patch({ playing: true }));
  surface.addEventListener("pause", () => patch({ playing: false }));
  return {
    state,
    survey: createStore(NO_SURVEY),
    times,
    exact: false,
    surface,
    width: surface.videoWidth,
    height: surface.videoHeight,
    target: () => wanted ?? state.get().frame,
    play: () => void surface.play().catch(() => undefined),
    pause: () => surface.pause(),
    async seek(frame) {
      surface.pause();
      wanted = Math.min(count - 1, Math.max(0, frame));
      const time = times[wanted];
      // The middle of a frame, where rounding can't miss it.
      const seconds = time === undefined ? 0 : (time.start + time.end) / 2;
      surface.currentTime = Math.min(seconds, lengthOf(times));
    },
    setSpeed(speed) {
      surface.playbackRate = speed;
      patch({ speed });
    },
    setLoop(loop) {
      surface.loop = loop;
      patch({ loop });
    },
    onFrame(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    close() {
      surface.cancelVideoFrameCallback(request);
      surface.removeAttribute("src");
      surface.load();
      URL.revokeObjectURL(url);
    },
  };
}

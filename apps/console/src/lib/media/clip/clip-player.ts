import type { Store } from "../../store.ts";
import type { FrameTime } from "./timeline.ts";

export const SPEEDS = [0.1, 0.25, 0.5, 1, 2] as const;

/** What a clip is doing. */
export interface ClipState {
  /** The frame on show, counted from 0. */
  readonly frame: number;
  readonly playing: boolean;
  readonly speed: number;
  readonly loop: boolean;
  /** Frames from here on could not be decoded; null while all could. */
  readonly brokenFrom: number | null;
}

/** What a first pass over all frames found. */
export interface Survey {
  /** By frame; as far as the pass has come. */
  readonly sharpness: readonly number[];
  /** The sharpest frames, once all were looked at. */
  readonly sharpest: readonly number[];
  /** Small pictures from all over the clip, by frame. */
  readonly thumbs: ReadonlyMap<number, ImageBitmap>;
}

/** A clip in memory. */
export interface ClipPlayer {
  readonly state: Store<ClipState>;
  readonly survey: Store<Survey>;
  readonly times: readonly FrameTime[];
  /** Whether frames are decoded one by one; otherwise the browser's own player shows them. */
  readonly exact: boolean;
  /** What is on show; its pixels change with each frame. */
  readonly surface: HTMLCanvasElement | HTMLVideoElement;
  readonly width: number;
  readonly height: number;
  /** The frame that was asked for last; it may be on show only a moment later. */
  readonly target: () => number;
  readonly play: () => void;
  readonly pause: () => void;
  /** Shows a frame and pauses. Resolves once it is on show, or can't be. */
  readonly seek: (frame: number) => Promise<void>;
  readonly setSpeed: (speed: number) => void;
  readonly setLoop: (loop: boolean) => void;
  /** Told after each frame that came on show. */
  readonly onFrame: (listener: () => void) => () => void;
  readonly close: () => void;
}

export const NO_SURVEY: Survey = { sharpness: [], sharpest: [], thumbs: new Map() };

export const AT_REST: ClipState = {
  frame: 0,
  playing: false,
  speed: 1,
  loop: true,
  brokenFrom: null,
};

import type { FrameTime } from "./timeline.ts";

/** A decoded frame; it is gone once the next one is asked for. */
export interface DecodedFrame {
  /** When it is presented, from the clip's first frame. */
  readonly seconds: number;
  readonly draw: (
    context: CanvasRenderingContext2D | OffscreenCanvasRenderingContext2D,
    width: number,
    height: number,
  ) => void;
}

/** A clip whose frames can be decoded one by one. */
export interface ClipDecoder {
  readonly times: readonly FrameTime[];
  /** As it is to be shown: upright, with square pixels. */
  readonly width: number;
  readonly height: number;
  /** Frames in the order of presentation, from this one on. Throws where decoding fails. */
  readonly frames: (from: number) => AsyncGenerator<DecodedFrame, void, unknown>;
  readonly close: () => void;
}

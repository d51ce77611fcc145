import {
  BufferSource,
  BufferTarget,
  Conversion,
  Input,
  Logging,
  LogLevel,
  MP4,
  Mp4OutputFormat,
  Output,
  QTFF,
  WEBM,
  WebMOutputFormat,
} from "mediabunny";
import type { ClipFormat } from "../formats.ts";
import { withLastBlockDuration } from "./last-block.ts";

// What it would print are words out of strangers' files; everything it finds is asked for here.
Logging.level = LogLevel.Silent;

/** A film is brought into one of these, which browsers play. */
export type OutputFormat = "webm" | "mp4";

const READERS = { webm: WEBM, mp4: MP4, mov: QTFF } as const;

/** Opens a clip for demuxing. */
export function openClip(bytes: Uint8Array, format: ClipFormat): Input {
  return new Input({
    source: new BufferSource(Uint8Array.from(bytes)),
    formats: [READERS[format]],
  });
}

/**
 * Copies a clip's video into a fresh container with an index and a true duration. Sound, further
 * tracks and all tags (places, names, devices) stay behind; no frame is touched. Undefined where the
 * copy isn't possible without encoding anew.
 */
export async function remux(
  input: Input,
  output: OutputFormat,
  ends: { readonly lastFrameSeconds: number; readonly showsUntil?: number },
): Promise<Uint8Array | undefined> {
  const target = new BufferTarget();
  const conversion = await Conversion.init({
    input,
    output: new Output({
      format:
        output === "webm"
          ? new WebMOutputFormat()
          : new Mp4OutputFormat({ fastStart: "in-memory" }),
      target,
    }),
    tracks: "primary",
    audio: { discard: true },
    copy: { mode: "forced", shiftTolerance: Infinity },
    tags: {},
    ...(ends.showsUntil === undefined ? {} : { trim: { end: ends.showsUntil } }),
    showWarnings: false,
  });
  if (!conversion.isValid) return undefined;
  await conversion.execute();
  if (!target.buffer) return undefined;
  const bytes = new Uint8Array(target.buffer);
  // The WebM muxer writes no duration for any block, so the last frame would have none.
  return output === "webm" ? withLastBlockDuration(bytes, 1, ends.lastFrameSeconds) : bytes;
}

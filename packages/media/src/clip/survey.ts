import type { MediaRefusal } from "@secondlook/domain/evidence/prepared";
import { ok, refuse, type Result } from "@secondlook/domain/result";
import { EncodedPacketSink, type InputVideoTrack } from "mediabunny";
import { clipLimits } from "../limits.ts";
import { damaged } from "../refusal.ts";

/** A video track as its packets tell it; headers are not asked, for they lie. */
export interface Survey {
  /** Frames that are shown: those wholly before time zero are only there to decode others. */
  readonly frames: number;
  /** From the first shown frame to the end of the last, in seconds. */
  readonly durationSeconds: number;
  /** How long the last frame is shown, where the container says; else 0. */
  readonly lastFrameSeconds: number;
  /** The usual time between two frames, which the last one gets where nobody gave it any. */
  readonly usualFrameSeconds: number;
}

/** Edit lists count in the film's own steps, often of a millisecond; frames don't. */
const ROUNDING_SECONDS = 0.002;

/** Goes through every packet of a track: counts, times, and finds pieces that are missing. */
export async function surveyTrack(
  track: InputVideoTrack,
  name: string,
  showsUntil = Infinity,
): Promise<Result<Survey, MediaRefusal>> {
  const shown: { at: number; length: number }[] = [];
  let packets = 0;
  for await (const packet of new EncodedPacketSink(track).packets()) {
    packets += 1;
    if (packets > clipLimits.frames)
      return damaged(name, `holds more than ${clipLimits.frames} frames`);
    const type = packets === 1 ? await track.determinePacketType(packet) : undefined;
    if (type === "delta") return damaged(name, "lacks its first whole frame");
    const isShown = packet.timestamp + packet.duration > 0 || packet.timestamp >= 0;
    if (isShown && packet.timestamp < showsUntil - ROUNDING_SECONDS)
      shown.push({
        at: Math.max(0, packet.timestamp),
        length: Math.min(packet.duration, showsUntil - packet.timestamp),
      });
  }
  shown.sort((a, b) => a.at - b.at);
  const first = shown[0];
  const last = shown.at(-1);
  if (!first || !last)
    return refuse({ code: "no_video", message: "the clip holds no frames; record it again" });

  const steps = shown.slice(1).map((frame, i) => frame.at - (shown[i]?.at ?? frame.at));
  const gap = steps.findIndex((step) => step > clipLimits.gapSeconds);
  if (gap !== -1) {
    const [from, to] = [shown[gap]?.at ?? 0, shown[gap + 1]?.at ?? 0];
    return damaged(name, `has no frames between ${from.toFixed(1)} s and ${to.toFixed(1)} s`);
  }
  const usualFrameSeconds = steps.toSorted((a, b) => a - b)[Math.floor(steps.length / 2)] || 1 / 30;
  const durationSeconds = last.at + (last.length || usualFrameSeconds) - first.at;
  if (durationSeconds > clipLimits.seconds + clipLimits.secondsTolerance)
    return refuse({
      code: "too_long",
      message: `the clip lasts ${durationSeconds.toFixed(1)} s, more than ${clipLimits.seconds} s; send a shorter one`,
    });
  return ok({
    frames: shown.length,
    durationSeconds,
    lastFrameSeconds: last.length,
    usualFrameSeconds,
  });
}

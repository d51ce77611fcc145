import {
  BlobSource,
  EncodedPacketSink,
  Input,
  Logging,
  LogLevel,
  MP4,
  VideoSampleSink,
  WEBM,
} from "mediabunny";
import type { ClipDecoder } from "./clip-decoder.ts";
import { type PacketTime, timelineOf } from "./timeline.ts";

// What it would print are words out of strangers' files.
Logging.level = LogLevel.Silent;

/**
 * Opens a clip for decoding by WebCodecs. Null where this browser can't decode its codec; throws
 * where the file has no video.
 */
export async function decodeClip(bytes: Blob): Promise<ClipDecoder | null> {
  const input = new Input({ source: new BlobSource(bytes), formats: [WEBM, MP4] });
  try {
    const track = await input.getPrimaryVideoTrack();
    if (track === null) throw new Error("The clip has no video.");
    if (!(await track.canDecode())) {
      input.dispose();
      return null;
    }
    const packets: PacketTime[] = [];
    const listed = new EncodedPacketSink(track).packets(undefined, undefined, {
      metadataOnly: true,
    });
    for await (const { timestamp, duration } of listed) packets.push({ timestamp, duration });
    const first = Math.min(...packets.map((packet) => packet.timestamp));
    const times = timelineOf(packets);
    return {
      times,
      width: await track.getDisplayWidth(),
      height: await track.getDisplayHeight(),
      async *frames(from) {
        // A little early: timestamps are rounded on their way through the decoder.
        const start = first + (times[from]?.start ?? 0) - 1e-4;
        for await (const sample of new VideoSampleSink(track).samples(start)) {
          try {
            yield {
              seconds: sample.timestamp - first,
              draw: (context, width, height) => sample.draw(context, 0, 0, width, height),
            };
          } finally {
            // The decoder has few frames to give; one that is kept holds up all others.
            sample.close();
          }
        }
      },
      close: () => input.dispose(),
    };
  } catch (error) {
    input.dispose();
    throw error;
  }
}

import {
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedVideoPacketSource,
  Mp4OutputFormat,
  Output,
  type OutputFormat,
  WebMOutputFormat,
} from "mediabunny";
import sharp from "sharp";

export interface ClipRecipe {
  readonly format?: "webm" | "live-webm" | "mp4";
  /** When each frame is shown, in seconds. */
  readonly times?: readonly number[];
  readonly lastFrameSeconds?: number;
  readonly rotation?: 0 | 90 | 180 | 270;
  /** How wide a pixel is shown. */
  readonly pixelAspect?: number;
  readonly sound?: "none" | "beside" | "only";
  readonly title?: string;
}

export const WIDTH = 64;
export const HEIGHT = 48;

/** Thirty frames in two seconds and a bit, unevenly spaced. */
export const TIMES = Array.from({ length: 30 }, (_, i) => i * 0.07 + (i % 3) * 0.01);

/**
 * A clip made of VP8 key frames. Node has no video encoder, but a lossy WebP's picture is one VP8
 * key frame, and sharp makes those.
 */
export async function makeClip(recipe: ClipRecipe = {}): Promise<Uint8Array> {
  const { times = TIMES, rotation = 0, pixelAspect = 1, sound = "none" } = recipe;
  const target = new BufferTarget();
  const output = new Output({ format: container(recipe.format ?? "webm"), target });
  const video = new EncodedVideoPacketSource("vp8");
  const audio = new EncodedAudioPacketSource("opus");
  if (sound !== "only") output.addVideoTrack(video, { rotation });
  if (sound !== "none") output.addAudioTrack(audio);
  if (recipe.title) output.setMetadataTags({ title: recipe.title, comment: "52.5200 N" });
  await output.start();
  const frames = await Promise.all([0, 1, 2].map(vp8Frame));
  for (const [i, at] of times.entries()) {
    const next = times[i + 1];
    const duration = next === undefined ? (recipe.lastFrameSeconds ?? 0.05) : next - at;
    const packet = (data: Uint8Array): EncodedPacket =>
      new EncodedPacket(data, "key", at, duration);
    if (sound !== "only")
      await video.add(packet(frames[i % 3] ?? new Uint8Array()), {
        decoderConfig: {
          codec: "vp8",
          codedWidth: WIDTH,
          codedHeight: HEIGHT,
          displayAspectWidth: WIDTH * pixelAspect,
          displayAspectHeight: HEIGHT,
        },
      });
    if (sound !== "none")
      await audio.add(packet(Uint8Array.of(0xf8, 0xff, 0xfe)), {
        decoderConfig: { codec: "opus", numberOfChannels: 1, sampleRate: 48_000 },
      });
  }
  await output.finalize();
  return new Uint8Array(target.buffer ?? new ArrayBuffer(0));
}

function container(format: "webm" | "live-webm" | "mp4"): OutputFormat {
  if (format === "mp4") return new Mp4OutputFormat({ fastStart: "in-memory" });
  return new WebMOutputFormat({ appendOnly: format === "live-webm" });
}

async function vp8Frame(shade: number): Promise<Uint8Array> {
  const background = { r: 40 + shade * 80, g: 90, b: 200 - shade * 60 };
  const webp = await sharp({
    create: { width: WIDTH, height: HEIGHT, channels: 3, background },
  })
    .webp({ quality: 60 })
    .toBuffer();
  const chunk = webp.indexOf("VP8 ");
  return webp.subarray(chunk + 8, chunk + 8 + webp.readUInt32LE(chunk + 4));
}

/** A copy with one text replaced by another of the same length. */
export function patched(bytes: Uint8Array, from: string, to: string): Uint8Array {
  const copy = Buffer.from(bytes);
  const at = copy.indexOf(from, 0, "latin1");
  if (at === -1 || from.length !== to.length) throw new Error(`Nothing to patch: ${from}.`);
  copy.write(to, at, "latin1");
  return copy;
}

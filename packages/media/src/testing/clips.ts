import {
  BufferTarget,
  EncodedAudioPacketSource,
  EncodedPacket,
  EncodedVideoPacketSource,
  MovOutputFormat,
  Mp4OutputFormat,
  Output,
  type OutputFormat,
  WebMOutputFormat,
} from "mediabunny";
import sharp from "sharp";

export interface ClipRecipe {
  readonly format?: "webm" | "live-webm" | "mp4" | "fragmented-mp4" | "mov";
  readonly codec?: "vp8" | "vp9" | "av1" | "avc";
  /** When each frame is shown, in seconds. */
  readonly times?: readonly number[];
  readonly lastFrameSeconds?: number;
  readonly rotation?: 0 | 90 | 180 | 270;
  /** How wide a pixel is shown. */
  readonly pixelAspect?: number;
  /** Every frame but each tenth refers to the one before it; what they hold can't be decoded. */
  readonly deltas?: boolean;
  readonly sound?: "none" | "beside" | "only";
  readonly title?: string;
}

export const WIDTH = 64;
export const HEIGHT = 48;

/** Thirty frames in two seconds and a bit, unevenly spaced. */
export const TIMES = Array.from({ length: 30 }, (_, i) => i * 0.07 + (i % 3) * 0.01);

/**
 * A clip made of key frames. Node has no video encoder, but a lossy WebP's picture is one VP8 key
 * frame and an AVIF's one of AV1, and sharp makes those. VP9 and H.264 frames are headers with
 * nothing behind them: enough for containers, nothing to look at.
 */
export async function makeClip(recipe: ClipRecipe = {}): Promise<Uint8Array> {
  const { times = TIMES, rotation = 0, pixelAspect = 1, sound = "none" } = recipe;
  const target = new BufferTarget();
  const output = new Output({ format: container(recipe.format ?? "webm"), target });
  const codec = recipe.codec ?? "vp8";
  const video = new EncodedVideoPacketSource(codec);
  const audio = new EncodedAudioPacketSource("opus");
  if (sound !== "only") output.addVideoTrack(video, { rotation });
  if (sound !== "none") output.addAudioTrack(audio);
  if (recipe.title) output.setMetadataTags({ title: recipe.title, comment: "52.5200 N" });
  await output.start();
  const frames = await Promise.all([0, 1, 2].map((shade) => FRAMES[codec](shade)));
  for (const [i, at] of times.entries()) {
    const next = times[i + 1];
    const duration = next === undefined ? (recipe.lastFrameSeconds ?? 0.05) : next - at;
    const packet = (data: Uint8Array): EncodedPacket =>
      new EncodedPacket(data, "key", at, duration);
    const frame = packet(frames[i % 3] ?? new Uint8Array());
    const isDelta = recipe.deltas === true && i % 10 !== 0;
    if (sound !== "only")
      await video.add(isDelta ? frame.clone({ type: "delta", data: asDelta(frame.data) }) : frame, {
        decoderConfig: {
          ...CONFIGS[codec],
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

const CONFIGS = {
  vp8: { codec: "vp8" },
  vp9: { codec: "vp09.00.10.08" },
  av1: { codec: "av01.0.00M.08" },
  avc: {
    codec: "avc1.42c00a",
    // Baseline, level 1: one SPS of 64 × 48 pixels and one PPS.
    description: Buffer.from("0142c00affe100086742c00ada10cc8001000468ce3c80", "hex"),
  },
} as const;

const FRAMES = {
  vp8: vp8Frame,
  av1: av1Frame,
  // A key frame's uncompressed header (VP9, 6.2): profile 0, BT.601, 64 × 48.
  vp9: (shade: number) =>
    Promise.resolve(Uint8Array.of(0x82, 0x49, 0x83, 0x42, 0, 3, 0xf0, 2, 0xf0, shade)),
  // One IDR slice with its length before it.
  avc: (shade: number) => Promise.resolve(Uint8Array.of(0, 0, 0, 5, 0x65, 0x88, 0x84, 0x21, shade)),
} as const;

function container(format: NonNullable<ClipRecipe["format"]>): OutputFormat {
  if (format === "mp4") return new Mp4OutputFormat({ fastStart: "in-memory" });
  if (format === "fragmented-mp4")
    return new Mp4OutputFormat({ fastStart: "fragmented", minimumFragmentDuration: 0.5 });
  if (format === "mov") return new MovOutputFormat({ fastStart: false });
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

/** VP8 says in a frame's first bit whether it is a key frame. */
function asDelta(vp8: Uint8Array): Uint8Array {
  const copy = Uint8Array.from(vp8);
  copy[0] = (copy[0] ?? 0) | 1;
  return copy;
}

async function av1Frame(shade: number): Promise<Uint8Array> {
  const background = { r: 40 + shade * 80, g: 90, b: 200 - shade * 60 };
  const avif = await sharp({ create: { width: WIDTH, height: HEIGHT, channels: 3, background } })
    .avif({ quality: 50, effort: 0, chromaSubsampling: "4:2:0" })
    .toBuffer();
  const at = avif.indexOf("mdat") + 4;
  return avif.subarray(at, at - 8 + avif.readUInt32BE(at - 8));
}

/** A copy of an MP4 with an edit list, whose entries are in seconds; a start of -1 shows nothing. */
export function withEditList(
  mp4: Uint8Array,
  entries: readonly { readonly seconds: number; readonly start: number }[],
): Uint8Array {
  const bytes = Buffer.from(mp4);
  const movieScale = bytes.readUInt32BE(bytes.indexOf("mvhd") + 16);
  const mediaScale = bytes.readUInt32BE(bytes.indexOf("mdhd") + 16);
  const edts = Buffer.alloc(8 + 16 + entries.length * 12);
  edts.writeUInt32BE(edts.length, 0);
  edts.write("edts", 4);
  edts.writeUInt32BE(edts.length - 8, 8);
  edts.write("elst", 12);
  edts.writeUInt32BE(entries.length, 20);
  for (const [i, { seconds, start }] of entries.entries()) {
    edts.writeUInt32BE(Math.round(seconds * movieScale), 24 + i * 12);
    edts.writeInt32BE(start < 0 ? -1 : Math.round(start * mediaScale), 28 + i * 12);
    edts.writeUInt32BE(0x10000, 32 + i * 12);
  }
  for (const parent of ["moov", "trak"]) {
    const at = bytes.indexOf(parent) - 4;
    bytes.writeUInt32BE(bytes.readUInt32BE(at) + edts.length, at);
  }
  const stco = bytes.indexOf("stco");
  for (let i = 0; i < bytes.readUInt32BE(stco + 8); i += 1) {
    const at = stco + 12 + i * 4;
    bytes.writeUInt32BE(bytes.readUInt32BE(at) + edts.length, at);
  }
  const mdia = bytes.indexOf("mdia") - 4;
  return Buffer.concat([bytes.subarray(0, mdia), edts, bytes.subarray(mdia)]);
}

/** A copy with one text replaced by another of the same length. */
export function patched(bytes: Uint8Array, from: string, to: string): Uint8Array {
  const copy = Buffer.from(bytes);
  const at = copy.indexOf(from, 0, "latin1");
  if (at === -1 || from.length !== to.length) throw new Error(`Nothing to patch: ${from}.`);
  copy.write(to, at, "latin1");
  return copy;
}

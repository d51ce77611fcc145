import {
  BufferTarget,
  EncodedPacket,
  EncodedVideoPacketSource,
  Output,
  WebMOutputFormat,
} from "mediabunny";
import sharp from "sharp";
import { createModel } from "../head/portrait.ts";
import type { Capture } from "../people/capture.ts";
import type { Person } from "../people/person.ts";
import { createRandom } from "../people/random.ts";
import { addGrain } from "../pictures/grain.ts";
import { createNoise } from "../render/noise.ts";
import { clamp } from "../render/math.ts";
import { vp8Frame } from "./vp8-frame.ts";

export interface ClipOptions {
  readonly person: Person;
  readonly capture: Capture;
  readonly seed: string;
  readonly width?: number;
  readonly height?: number;
  readonly seconds?: number;
  readonly framesPerSecond?: number;
  /** Browsers' recorders write no length into the header; false does the same. */
  readonly lengthInHeader?: boolean;
  /** Leaves the file whole and its frames without pictures, so that no browser can decode them. */
  readonly broken?: boolean;
}

export interface Clip {
  readonly bytes: Uint8Array;
  readonly mediaType: "video/webm";
  readonly frames: number;
}

/**
 * Draws a clip of a head that turns a little to both sides and blinks, as WebM with VP8. Node has
 * no video encoder, but a lossy WebP picture is a VP8 key frame: every frame is one.
 */
export async function drawClip(options: ClipOptions): Promise<Clip> {
  const { person, capture, width = 320, height = 240, seconds = 5, framesPerSecond = 10 } = options;
  const random = createRandom("clip", options.seed);
  const model = createModel(person, capture, {
    width,
    height,
    fineness: 0.8,
  });
  const sway = createNoise(`sway ${options.seed}`);
  const count = Math.round(seconds * framesPerSecond);
  const reach = random.range(14, 24);
  const side = random.chance(0.5) ? 1 : -1;
  const blinks = [random.range(0.5, 1.5), random.range(2.2, 3), random.range(3.8, 4.6)];
  const encoded: Promise<Uint8Array>[] = [];
  for (let i = 0; i < count; i += 1) {
    const time = i / framesPerSecond;
    const turn = Math.sin((time / seconds) * Math.PI * 2) * side;
    const pose = {
      yaw: capture.pose.yaw + turn * reach + sway.at(time * 0.8, 1) * 1.6,
      pitch: capture.pose.pitch + sway.at(time * 0.7, 9) * 2.4,
      roll: capture.pose.roll + sway.at(time * 0.5, 17) * 2.2 - turn * 1.5,
    };
    const blink = Math.max(
      capture.blink,
      ...blinks.map((at) => clamp(1.4 - Math.abs(time - at) / 0.12, 0, 1)),
    );
    // The eyes stay on the screen while the head turns.
    const frame = model.frame(pose, {
      x: clamp(-pose.yaw * 0.012, -0.3, 0.3),
      y: clamp(pose.pitch * 0.008, -0.1, 0.1),
      blink,
    });
    addGrain(frame.pixels, 0.3 + capture.noise * 1.2, random);
    encoded.push(encodeFrame(frame.pixels, width, height));
    // Two frames at a time are compressed while the next is drawn.
    if (encoded.length > 2) await encoded[encoded.length - 3];
  }
  const frames = await Promise.all(encoded);
  // The first six bytes of a key frame are its tag and start code (RFC 6386 section 9.1).
  if (options.broken === true) for (const frame of frames) frame.fill(0, 0, 6);
  const bytes = await mux(frames, {
    width,
    height,
    framesPerSecond,
    lengthInHeader: options.lengthInHeader ?? true,
  });
  return { bytes, mediaType: "video/webm", frames: count };
}

async function encodeFrame(pixels: Uint8Array, width: number, height: number): Promise<Uint8Array> {
  const webp = await sharp(pixels, { raw: { width, height, channels: 3 } })
    .blur(0.6)
    .webp({ quality: 56, effort: 0 })
    .toBuffer();
  return vp8Frame(webp);
}

async function mux(
  frames: readonly Uint8Array[],
  format: {
    readonly width: number;
    readonly height: number;
    readonly framesPerSecond: number;
    readonly lengthInHeader: boolean;
  },
): Promise<Uint8Array> {
  const target = new BufferTarget();
  const output = new Output({
    format: new WebMOutputFormat({ appendOnly: !format.lengthInHeader }),
    target,
  });
  const source = new EncodedVideoPacketSource("vp8");
  output.addVideoTrack(source, { frameRate: format.framesPerSecond });
  await output.start();
  const duration = 1 / format.framesPerSecond;
  const config = { codec: "vp8", codedWidth: format.width, codedHeight: format.height };
  for (const [i, data] of frames.entries()) {
    await source.add(
      new EncodedPacket(data, "key", i * duration, duration),
      i === 0 ? { decoderConfig: config } : undefined,
    );
  }
  await output.finalize();
  if (target.buffer === null)
    throw new Error("The clip's file came out empty; this is a fault of the demo.");
  return new Uint8Array(target.buffer);
}

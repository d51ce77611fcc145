import { ALL_FORMATS, BufferSource, EncodedPacketSink, Input } from "mediabunny";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { castPerson } from "../cases/cast.ts";
import { clipCapture } from "../people/capture.ts";
import { createRandom } from "../people/random.ts";
import { drawClip } from "./clip.ts";
import { vp8Frame } from "./vp8-frame.ts";

const person = castPerson(1, "hanna");
const short = {
  person,
  capture: clipCapture(person, createRandom("clip"), "clip"),
  seed: "clip",
  width: 64,
  height: 48,
  seconds: 0.6,
} as const;

async function packetsOf(bytes: Uint8Array): Promise<Uint8Array[]> {
  const input = new Input({ formats: ALL_FORMATS, source: new BufferSource(bytes) });
  const track = await input.getPrimaryVideoTrack();
  if (track === null) throw new Error("no track");
  const packets: Uint8Array[] = [];
  for await (const packet of new EncodedPacketSink(track).packets()) {
    expect(packet.type).toBe("key");
    packets.push(packet.data);
  }
  return packets;
}

describe("a clip", () => {
  it("holds one VP8 key frame a tenth of a second, of the size asked for", async () => {
    const clip = await drawClip(short);
    const packets = await packetsOf(clip.bytes);
    expect(packets).toHaveLength(6);
    for (const packet of packets) {
      // RFC 6386 section 9.1: bit 0 clear is a key frame; start code; width and height.
      const view = new DataView(packet.buffer, packet.byteOffset);
      expect((packet[0] ?? 1) & 1).toBe(0);
      expect([...packet.subarray(3, 6)]).toEqual([0x9d, 0x01, 0x2a]);
      expect([view.getUint16(6, true), view.getUint16(8, true)]).toEqual([64, 48]);
    }
  });

  it("moves: no two frames are equal", async () => {
    const packets = await packetsOf((await drawClip(short)).bytes);
    expect(new Set(packets.map((packet) => Buffer.from(packet).toString("base64"))).size).toBe(6);
  });

  it("is the same for the same seed", async () => {
    const [a, b] = [await drawClip(short), await drawClip(short)];
    expect(Buffer.compare(a.bytes, b.bytes)).toBe(0);
  });

  it("can leave its length out of the header, as browsers' recorders do", async () => {
    const withLength = await drawClip(short);
    const without = await drawClip({ ...short, lengthInHeader: false });
    const durationElement = Buffer.from([0x44, 0x89]);
    const header = (bytes: Uint8Array): Buffer => Buffer.from(bytes.subarray(0, 400));
    expect(header(withLength.bytes).includes(durationElement)).toBe(true);
    expect(header(without.bytes).includes(durationElement)).toBe(false);
  });

  it("refuses a WebP file without a lossy picture", async () => {
    const lossless = await sharp({
      create: { width: 8, height: 8, channels: 3, background: "#336699" },
    })
      .webp({ lossless: true })
      .toBuffer();
    expect(() => vp8Frame(lossless)).toThrow("lossy");
  });
});

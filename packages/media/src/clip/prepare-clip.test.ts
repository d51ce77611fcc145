import type { PreparedClip } from "@secondlook/domain/evidence/prepared";
import { EncodedPacketSink, type InputVideoTrack } from "mediabunny";
import { describe, expect, it } from "vitest";
import { HEIGHT, makeClip, patched, TIMES, WIDTH } from "../testing/clips.ts";
import { Reader } from "../binary.ts";
import { children, EBML, type Element, readElement, readUint } from "./ebml.ts";
import { prepareClip } from "./prepare-clip.ts";
import { openClip } from "./remux.ts";

type Input = Parameters<typeof prepareClip>[0];

async function prepared(
  input: Input,
): Promise<PreparedClip & { bytes: Uint8Array; mediaType: string }> {
  const result = await prepareClip(input);
  if (!result.ok) throw new Error(result.refusal.message);
  const [clip] = result.value.renditions;
  if (clip?.name !== "clip") throw new Error("No clip.");
  return { ...result.value, bytes: clip.bytes, mediaType: clip.mediaType };
}

async function refusalOf(bytes: Uint8Array, format: Input["format"] = "webm") {
  const result = await prepareClip({ bytes, format });
  return result.ok ? "taken" : result.refusal;
}

async function videoOf(bytes: Uint8Array, format: Input["format"]): Promise<InputVideoTrack> {
  const track = await openClip(bytes, format).getPrimaryVideoTrack();
  if (!track) throw new Error("No video.");
  return track;
}

function cut(bytes: Uint8Array, ratio: number): Uint8Array {
  return bytes.subarray(0, Math.floor(bytes.length * ratio));
}

const LAST = TIMES.at(-1) ?? 0;

describe.each([
  { source: "webm", format: "webm", becomes: "webm" },
  { source: "live-webm", format: "webm", becomes: "webm" },
  { source: "mp4", format: "mp4", becomes: "mp4" },
  { source: "fragmented-mp4", format: "mp4", becomes: "mp4" },
  { source: "mov", format: "mov", becomes: "mp4" },
] as const)("a clip ($source)", ({ source, format, becomes }) => {
  it("keeps every frame, at its own time, byte for byte", async () => {
    const bytes = await makeClip({ format: source });
    const clip = await prepared({ bytes, format });
    expect(clip).toMatchObject({ codec: "vp8", width: WIDTH, height: HEIGHT, frames: 30, format });
    const [before, after] = [await videoOf(bytes, format), await videoOf(clip.bytes, becomes)];
    const sink = new EncodedPacketSink(before);
    const times: number[] = [];
    for await (const packet of new EncodedPacketSink(after).packets()) {
      times.push(Math.round(packet.timestamp * 1000));
      expect(packet.data).toEqual((await sink.getPacket(packet.timestamp + 0.0005))?.data);
    }
    expect(times).toEqual(TIMES.map((at) => Math.round(at * 1000)));
  });

  it("comes out with its true duration, in its header and in its last frame", async () => {
    const bytes = await makeClip({ format: source, lastFrameSeconds: 0.07 });
    const clip = await prepared({ bytes, format });
    const track = await videoOf(clip.bytes, becomes);
    // WebM blocks carry no duration, so there the usual step stands in for the last one.
    const expected = LAST + (format === "webm" ? 0.08 : 0.07);
    expect(clip.durationSeconds).toBeCloseTo(expected, 2);
    expect(await track.getDurationFromMetadata()).toBeCloseTo(expected, 2);
    expect(await track.computeDuration()).toBeCloseTo(expected, 2);
  });

  it("loses sound and tags", async () => {
    const bytes = await makeClip({ format: source, sound: "beside", title: "Secret place" });
    const clip = await prepared({ bytes, format });
    const copy = openClip(clip.bytes, becomes);
    expect(await openClip(bytes, format).getPrimaryAudioTrack()).not.toBeNull();
    expect(await copy.getPrimaryAudioTrack()).toBeNull();
    expect(Buffer.from(clip.bytes).includes("Secret place")).toBe(false);
    expect(Buffer.from(clip.bytes).includes("52.5200")).toBe(false);
  });

  it("keeps pixels that are not square", async () => {
    const bytes = await makeClip({ format: source, pixelAspect: 2 });
    const clip = await prepared({ bytes, format });
    const track = await videoOf(clip.bytes, becomes);
    expect([clip.width, clip.height]).toEqual([WIDTH * 2, HEIGHT]);
    expect([await track.getCodedWidth(), await track.getDisplayWidth()]).toEqual([
      WIDTH,
      WIDTH * 2,
    ]);
  });

  it("of one frame is taken", async () => {
    const clip = await prepared({ bytes: await makeClip({ format: source, times: [0] }), format });
    expect(clip.frames).toBe(1);
    expect(clip.durationSeconds).toBeGreaterThan(0.03);
  });

  it("with sound only is refused", async () => {
    expect(await refusalOf(await makeClip({ format: source, sound: "only" }), format)).toEqual({
      code: "no_video",
      message: "the clip holds sound only; record it again with the camera",
    });
  });

  it("of more than 30 s is refused by its packets, whatever its header says", async () => {
    const times = Array.from({ length: 33 }, (_, i) => i);
    expect(await refusalOf(await makeClip({ format: source, times }), format)).toMatchObject({
      code: "too_long",
      message: expect.stringMatching(/^the clip lasts 3[23].\d s, more than 30 s/),
    });
  });

  it("with a hole in it is refused with where", async () => {
    const times = [0, 0.1, 0.2, 3.4, 3.5];
    expect(await refusalOf(await makeClip({ format: source, times }), format)).toMatchObject({
      code: "damaged",
      message: expect.stringContaining("has no frames between 0.2 s and 3.4 s; send it again"),
    });
  });

  it.each([0.02, 0.2, 0.61, 0.95])("cut to %f of its bytes is refused", async (ratio) => {
    const bytes = cut(await makeClip({ format: source, sound: "beside" }), ratio);
    expect(await refusalOf(bytes, format)).toMatchObject({
      code: expect.stringMatching(/truncated|damaged|no_video/),
    });
  });

  it("never makes preparation throw, wherever a byte is changed", async () => {
    const whole = await makeClip({ format: source });
    const header = Math.min(whole.length, 1200);
    for (let at = 0; at < header; at += 7) {
      const changed = Uint8Array.from(whole);
      changed[at] = 255 - (changed[at] ?? 0);
      await expect(prepareClip({ bytes: changed, format }), `byte ${at}`).resolves.toBeDefined();
    }
  });
});

describe("a WebM", () => {
  it("cut short says how much of it came", async () => {
    expect(await refusalOf(cut(await makeClip(), 0.61))).toMatchObject({
      code: "truncated",
      message: expect.stringMatching(/^the WebM ends after 6[01] % of its data; send it again$/),
    });
  });
  it("recorded live is refused where its last frame breaks off", async () => {
    const bytes = await makeClip({ format: "live-webm" });
    expect(await refusalOf(bytes.subarray(0, -40))).toMatchObject({ code: "truncated" });
  });
  it("recorded live is taken where only a next frame was announced", async () => {
    const bytes = Buffer.concat([await makeClip({ format: "live-webm" }), Buffer.of(0xa3)]);
    // The index that our muxer writes at the end would swallow the byte; recorders write none.
    const cues = bytes.indexOf(Buffer.of(0x1c, 0x53, 0xbb, 0x6b));
    const recorded = Buffer.concat([bytes.subarray(0, cues), Buffer.of(0xa3)]);
    expect((await prepared({ bytes: recorded, format: "webm" })).frames).toBe(30);
  });
  it("of an unknown codec is refused by name", async () => {
    expect(await refusalOf(patched(await makeClip(), "V_VP8", "V_XYZ"))).toEqual({
      code: "unsupported_format",
      message: "the clip is coded in V_XYZ; send VP8, VP9, AV1 or H.264",
    });
  });
  it("stays seekable: every place that its index names holds what it says", async () => {
    const times = Array.from({ length: 60 }, (_, i) => i * 0.1);
    const { bytes } = await prepared({ bytes: await makeClip({ times }), format: "webm" });
    const r = new Reader(bytes);
    const [, segment] = children(r, 0, bytes.length);
    const top = [...children(r, segment?.data ?? 0, segment?.end ?? 0)];
    expect(top.at(-1)).toMatchObject({ id: EBML.cues, end: bytes.length });
    const within = (parents: readonly Element[], id: number) =>
      parents.flatMap((p) => [...children(r, p.data, p.end ?? 0)].filter((c) => c.id === id));
    const idAt = (place: Element & { end: number }): number => {
      const found = readElement(r, readUint(r, place) + (segment?.data ?? 0));
      return typeof found === "string" ? 0 : found.id;
    };
    const named = (id: number) => top.filter((element) => element.id === id);
    const seeks = within(within(named(EBML.seekHead), EBML.seek), EBML.seekPosition);
    expect(seeks.map(idAt)).toEqual([EBML.info, EBML.tracks, EBML.cues]);
    const points = within(within(named(EBML.cues), EBML.cuePoint), EBML.cueTrackPositions);
    const clusters = within(points, EBML.cueClusterPosition).map(idAt);
    expect(clusters).toEqual(named(EBML.cluster).map(() => EBML.cluster));
    expect(clusters.length).toBeGreaterThan(3);
  });
});

describe("an MP4", () => {
  it("whose frames are cut says how many came", async () => {
    expect(await refusalOf(cut(await makeClip({ format: "mp4" }), 0.61), "mp4")).toMatchObject({
      code: "truncated",
      message: expect.stringMatching(/^the MP4 ends after \d\d % of its frames; send it again$/),
    });
  });
  it("whose frames lie past its end is refused, though its boxes fit", async () => {
    const bytes = Buffer.from(await makeClip({ format: "mp4" }));
    const table = bytes.indexOf("stco");
    bytes.writeUInt32BE(bytes.length - 10, table + 12);
    expect(await refusalOf(bytes, "mp4")).toMatchObject({ code: "truncated" });
  });
  it.each([0, 90, 180, 270] as const)("stays turned by %i degrees", async (rotation) => {
    const clip = await prepared({
      bytes: await makeClip({ format: "mp4", rotation }),
      format: "mp4",
    });
    const isAcross = rotation % 180 !== 0;
    expect([clip.width, clip.height]).toEqual(isAcross ? [HEIGHT, WIDTH] : [WIDTH, HEIGHT]);
    expect(await (await videoOf(clip.bytes, "mp4")).getRotation()).toBe(rotation);
  });
  it("without its index is refused", async () => {
    expect(
      await refusalOf(patched(await makeClip({ format: "mp4" }), "moov", "free"), "mp4"),
    ).toEqual({
      code: "damaged",
      message: "the MP4 has no index; send it again, or another file if it is so at its source",
    });
  });
});

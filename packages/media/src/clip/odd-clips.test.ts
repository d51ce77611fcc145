import type { PreparedClip } from "@secondlook/domain/evidence/prepared";
import { EncodedPacketSink } from "mediabunny";
import { describe, expect, it } from "vitest";
import { type ClipRecipe, makeClip, patched, withEditList } from "../testing/clips.ts";
import { prepareClip } from "./prepare-clip.ts";
import { openClip } from "./remux.ts";

type Input = Parameters<typeof prepareClip>[0];

async function prepared(
  bytes: Uint8Array,
  format: Input["format"],
): Promise<PreparedClip & { bytes: Uint8Array }> {
  const result = await prepareClip({ bytes, format });
  if (!result.ok) throw new Error(result.refusal.message);
  return { ...result.value, bytes: result.value.renditions[0]?.bytes ?? new Uint8Array() };
}

async function refusalOf(bytes: Uint8Array, format: Input["format"]) {
  const result = await prepareClip({ bytes, format });
  return result.ok ? "taken" : result.refusal;
}

/** When the copy's frames are shown, in milliseconds. */
async function timesOf(bytes: Uint8Array, format: "webm" | "mp4"): Promise<number[]> {
  const track = await openClip(bytes, format).getPrimaryVideoTrack();
  if (!track) throw new Error("No video.");
  const times: number[] = [];
  for await (const packet of new EncodedPacketSink(track).packets())
    times.push(Math.round(packet.timestamp * 1000));
  return times;
}

const SECONDS = Array.from({ length: 20 }, (_, i) => i / 10);

describe("a codec", () => {
  it.each([
    ["webm", "vp8", "vp8"],
    ["webm", "vp9", "vp09.00.10.08"],
    ["webm", "av1", "av01.0.00M.08"],
    ["mp4", "vp9", "vp09.00.10.08"],
    ["mp4", "av1", "av01.0.00M.08"],
    ["mp4", "avc", "avc1.42c00a"],
    ["fragmented-mp4", "avc", "avc1.42c00a"],
    ["mov", "avc", "avc1.42c00a"],
  ] as const)("in %s, %s, is told to the console as %s", async (format, codec, told) => {
    const bytes = await makeClip({ format, codec });
    const clip = await prepared(bytes, format === "fragmented-mp4" ? "mp4" : format);
    expect(clip.codec).toMatch(new RegExp(`^${told}`));
    expect(clip.frames).toBe(30);
  });

  it.each([
    ["mp4", "vp08", "hvc1", /^the clip is coded in HEVC \(H\.265\), which .*; record it in H\.264/],
    ["mov", "vp08", "hev1", /^the clip is coded in HEVC \(H\.265\)/],
    ["mov", "vp08", "apch", /^the clip is coded in ProRes; send VP8, VP9, AV1 or H\.264$/],
    ["mp4", "vp08", "mp4v", /^the clip is coded in MPEG-4 Visual; send/],
    ["mp4", "vp08", "encv", /^the clip is coded in a protected form, which can't be opened; send/],
    ["webm", "V_VP8", "V_XYZ", /^the clip is coded in V_XYZ; send VP8, VP9, AV1 or H\.264$/],
    ["webm", "V_VP8", "<b>&'", /^the clip is coded in b; send/],
    ["webm", "V_VP8", "<!&'>", /^the clip is coded in an unknown codec; send/],
  ] as const)(
    "in %s that is not taken is refused by name: %s as %s",
    async (format, from, to, sentence) => {
      expect(await refusalOf(patched(await makeClip({ format }), from, to), format)).toMatchObject({
        code: "unsupported_format",
        message: expect.stringMatching(sentence),
      });
    },
  );
});

describe("an edit list", () => {
  const clip = (recipe: ClipRecipe = {}): Promise<Uint8Array> =>
    makeClip({ format: "mp4", times: SECONDS, lastFrameSeconds: 0.1, ...recipe });

  it("that starts later drops what lies before", async () => {
    const edited = withEditList(await clip(), [{ seconds: 1.5, start: 0.5 }]);
    const copy = await prepared(edited, "mp4");
    expect([copy.frames, copy.durationSeconds]).toEqual([15, expect.closeTo(1.5, 2)]);
    expect(await timesOf(copy.bytes, "mp4")).toEqual(SECONDS.slice(0, 15).map((t) => t * 1000));
  });

  it("that begins with nothing keeps every frame and their steps", async () => {
    const edited = withEditList(await clip(), [
      { seconds: 0.7, start: -1 },
      { seconds: 2, start: 0 },
    ]);
    const copy = await prepared(edited, "mp4");
    expect([copy.frames, copy.durationSeconds]).toEqual([20, expect.closeTo(2, 2)]);
    const times = await timesOf(copy.bytes, "mp4");
    expect(times.map((t) => t - (times[0] ?? 0))).toEqual(SECONDS.map((t) => Math.round(t * 1000)));
  });

  it.each([true, false])("that ends earlier drops what lies behind, deltas: %s", async (deltas) => {
    const edited = withEditList(await clip({ deltas }), [{ seconds: 1.2, start: 0 }]);
    const copy = await prepared(edited, "mp4");
    expect([copy.frames, copy.durationSeconds]).toEqual([12, expect.closeTo(1.2, 2)]);
    expect(await timesOf(copy.bytes, "mp4")).toEqual(SECONDS.slice(0, 12).map((t) => t * 1000));
  });

  it("that starts between key frames keeps what decoding needs, unshown", async () => {
    const edited = withEditList(await clip({ deltas: true }), [{ seconds: 1.3, start: 0.7 }]);
    const copy = await prepared(edited, "mp4");
    expect([copy.frames, copy.durationSeconds]).toEqual([13, expect.closeTo(1.3, 2)]);
    const times = await timesOf(copy.bytes, "mp4");
    expect([times[0], times.at(-1)]).toEqual([-700, 1200]);
  });

  it.each([
    [
      "two pieces",
      [
        { seconds: 0.5, start: 0 },
        { seconds: 0.5, start: 1 },
      ],
      0x10000,
    ],
    ["another speed", [{ seconds: 2, start: 0 }], 0x8000],
  ])("of %s is refused with what to do", async (_, entries, rate) => {
    const edited = Buffer.from(withEditList(await clip(), entries));
    edited.writeUInt32BE(rate, edited.indexOf("elst") + 20);
    expect(await refusalOf(edited, "mp4")).toEqual({
      code: "unsupported_format",
      message:
        "the MP4 is cut together from pieces that were not saved as one film; export it again",
    });
  });
});

describe("a MOV", () => {
  it.each([90, 270] as const)("turned by %i degrees stays so in its MP4", async (rotation) => {
    const copy = await prepared(await makeClip({ format: "mov", rotation }), "mov");
    expect([copy.width, copy.height]).toEqual([48, 64]);
    const track = await openClip(copy.bytes, "mp4").getPrimaryVideoTrack();
    expect(await track?.getRotation()).toBe(rotation);
  });
  it("is named in its refusals", async () => {
    const whole = await makeClip({ format: "mov" });
    expect(await refusalOf(whole.subarray(0, whole.length / 2), "mov")).toMatchObject({
      message: "the MOV ends before its index; send it again",
    });
  });
});

describe("a fragmented MP4", () => {
  const make = (): Promise<Uint8Array> => makeClip({ format: "fragmented-mp4", times: SECONDS });

  it("has more than one fragment", async () => {
    const whole = Buffer.from(await make());
    expect(whole.indexOf("moof", whole.indexOf("moof") + 1)).toBeGreaterThan(0);
  });
  it("cut in a fragment's frames is refused", async () => {
    const whole = Buffer.from(await make());
    const last = whole.lastIndexOf("moof");
    const mdat = whole.indexOf("mdat", last);
    expect(await refusalOf(whole.subarray(0, mdat + 20), "mp4")).toMatchObject({
      code: "truncated",
      message: "the MP4 breaks off in the middle of its frames; send it again",
    });
  });
  it("cut between a fragment's table and its frames is refused, though its boxes fit", async () => {
    const whole = Buffer.from(await make());
    const mdat = whole.indexOf("mdat", whole.lastIndexOf("moof")) - 4;
    expect(await refusalOf(whole.subarray(0, mdat), "mp4")).toMatchObject({ code: "truncated" });
  });
  it("whose run promises millions of frames is refused", async () => {
    const whole = Buffer.from(await make());
    whole.writeUInt32BE(0xffffffff, whole.indexOf("trun") + 8);
    expect(await refusalOf(whole, "mp4")).toMatchObject({ code: "damaged" });
  });
});

describe("a clip followed by something else", () => {
  const html = Buffer.from("<html><script>alert(1)</script></html>");
  it("is refused as WebM by name", async () => {
    const both = Buffer.concat([await makeClip(), html]);
    expect(await refusalOf(both, "webm")).toMatchObject({
      code: "unsupported_format",
      message: "the WebM is followed by a web page or other markup; send it alone, as a fresh copy",
    });
  });
  it.each(["mp4", "mov"] as const)("is refused as %s", async (format) => {
    const both = Buffer.concat([await makeClip({ format }), html]);
    expect(await refusalOf(both, format)).toMatchObject({ code: "truncated" });
  });
});

describe("a clip of nothing but headers", () => {
  it("as MP4 is refused without filling the memory", async () => {
    const boxes = Buffer.alloc(2_000_000);
    for (let at = 0; at < boxes.length; at += 8) {
      boxes.writeUInt32BE(8, at);
      boxes.write("free", at + 4, "latin1");
    }
    const ftyp = (await makeClip({ format: "mp4" })).subarray(0, 24);
    expect(await refusalOf(Buffer.concat([ftyp, boxes]), "mp4")).toMatchObject({ code: "damaged" });
  });
  it("whose index lies is read without it", async () => {
    const bytes = Buffer.from(await makeClip({ format: "live-webm" }));
    const cues = bytes.lastIndexOf(Buffer.of(0x1c, 0x53, 0xbb, 0x6b));
    // Every place and every time in the index becomes the first.
    for (let at = cues + 12; at < bytes.length - 2; at += 1)
      if (bytes[at] === 0xf1 || bytes[at] === 0xb3) bytes.fill(0, at + 2, at + 3);
    expect((await prepared(bytes, "webm")).frames).toBe(30);
  });
  // Found by changing files at random: each kept the demuxer busy for good.
  it("that says a chunk holds millions of frames is refused", async () => {
    const bytes = Buffer.from(await makeClip({ format: "mov", codec: "avc" }));
    bytes.writeUInt32BE(0x20000008, bytes.indexOf("stsc") + 16);
    expect(await refusalOf(bytes, "mov")).toMatchObject({
      code: "damaged",
      message:
        "the MOV has frame tables that contradict each other; send it again, or another file if it is so at its source",
    });
  });
  it("whose index begins twice, the second inside the first, is refused", async () => {
    const whole = Buffer.from(await makeClip({ format: "live-webm" }));
    const cues = whole.lastIndexOf(Buffer.of(0x1c, 0x53, 0xbb, 0x6b));
    const bytes = Buffer.concat([whole.subarray(0, cues + 30), whole.subarray(cues - 18)]);
    expect(await refusalOf(bytes, "webm")).toMatchObject({ code: "damaged" });
  });
  it("with a cluster of another name is refused", async () => {
    const bytes = Buffer.from(await makeClip({ sound: "beside" }));
    bytes[bytes.lastIndexOf(Buffer.of(0x1f, 0x43, 0xb6, 0x75)) + 3] = 0x65;
    expect(await refusalOf(bytes, "webm")).toMatchObject({ code: "damaged" });
  });
  it("whose table of times leaves frames out is refused", async () => {
    const bytes = Buffer.from(
      await makeClip({ format: "mp4", times: [0, 0.1, 0.2], lastFrameSeconds: 0.1 }),
    );
    const at = bytes.indexOf("stts");
    bytes.writeUInt32BE(bytes.readUInt32BE(at + 12) - 1, at + 12);
    expect(await refusalOf(bytes, "mp4")).toMatchObject({ code: "damaged" });
  });
  it("as WebM is refused", async () => {
    const clusters = Buffer.alloc(900_000, Buffer.from([0x1f, 0x43, 0xb6, 0x75, 0x80]));
    const webm = Buffer.from(await makeClip({ format: "live-webm" }));
    const start = webm.indexOf(Buffer.of(0x1f, 0x43, 0xb6, 0x75));
    const bytes = Buffer.concat([webm.subarray(0, start), clusters]);
    expect(await refusalOf(bytes, "webm")).toMatchObject({ code: "no_video" });
  });
});

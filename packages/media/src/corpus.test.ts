import type { MediaRefusal, PreparedPhoto } from "@secondlook/domain/evidence/prepared";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createMediaPreparer } from "./preparer.ts";
import { corpusFile, hasCorpus } from "./testing/corpus.ts";

/** What must become of each file that others made: "taken", or the code of its refusal. */
const PHOTOS: Readonly<Record<string, "taken" | MediaRefusal["code"]>> = {
  ...Object.fromEntries(
    Array.from({ length: 9 }, (_, i) => [`exif/Landscape_${i}.jpg`, "taken"] as const),
  ),
  "exif/broken_exif_dpi.jpg": "taken",
  "exif/exif_gps.jpg": "taken",
  "exif/hopper_orientation_6.webp": "taken",
  "images/65536-uint32-limit.png": "too_many_pixels",
  "images/badadler.png": "damaged",
  "images/badcrc.png": "damaged",
  "images/basi2c16.png": "taken",
  "images/basn6a08.png": "taken",
  "images/broken.png": "damaged",
  "images/corrupt-header.jpg": "truncated",
  "images/decompression_bomb.gif": "unsupported_format",
  "images/example.heic": "taken",
  "images/hdlr-not-pict.avif": "damaged",
  "images/hevc32.heif": "taken",
  "images/hopper.avif": "taken",
  "images/huge_IDAT.png": "truncated",
  "images/huge_iTXt_chunk.png": "truncated",
  "images/no-ftyp.avif": "unsupported_format",
  "images/pil_sample_cmyk.jpg": "taken",
  "images/png_decompression_dos.png": "damaged",
  "images/tbbn3p08.png": "taken",
  "images/truncated.jpg": "truncated",
  "images/truncated_app14.jpg": "damaged",
  "images/xc1n0g08.png": "damaged",
  "images/xcrn0g04.png": "damaged",
  "images/xd0n2c08.png": "damaged",
  "images/xhdn0g08.png": "damaged",
  "images/xs1n0g01.png": "damaged",
};

/** Codec and frames of the clips that are good; codes of the others. */
const CLIPS: Readonly<
  Record<string, readonly [codec: string, frames: number] | MediaRefusal["code"]>
> = {
  "video/bug1200148.webm": "truncated",
  "video/fixture-imovie.mp4": ["avc1.64001e", 1],
  "video/fixture.mkv": "unsupported_format",
  "video/fixture.mov": ["avc1.4d400d", 6],
  "video/fixture.webm": ["vp8", 1],
  "video/flower.mp4": ["avc1.64001f", 150],
  "video/flower.webm": ["vp8", 150],
  "video/issue76.webm": "damaged",
  "video/mediarecorder-chrome57.webm": ["vp8", 185],
  "video/minimal.mp4": ["avc1.64000d", 1],
  "video/no_timescale.mp4": "damaged",
  "video/seek.webm": ["vp8", 120],
  "video/video_rotation_90.mp4": ["avc1.64000a", 1],
};

if (!hasCorpus)
  console.warn("Files that others made are not beside this checkout; their suite is skipped.");

describe.skipIf(!hasCorpus)("files that others made", () => {
  const preparer = createMediaPreparer();
  afterAll(() => preparer.close());

  const photo = async (name: string): Promise<PreparedPhoto> => {
    const result = await preparer.preparePhoto({ bytes: corpusFile(name) });
    if (!result.ok) throw new Error(`${name}: ${result.refusal.message}`);
    return result.value;
  };

  it.each(Object.entries(PHOTOS))("%s is %s", async (name, expected) => {
    const result = await preparer.preparePhoto({ bytes: corpusFile(name) });
    expect(result.ok ? "taken" : result.refusal.code).toBe(expected);
    if (!result.ok) expect(result.refusal.message).toMatch(/^\S.*; send .*[^.]$/);
  });

  it.each(Object.entries(CLIPS))("%s is %j", async (name, expected) => {
    const result = await preparer.prepareClip({ bytes: corpusFile(name) });
    expect(result.ok ? [result.value.codec, result.value.frames] : result.refusal.code).toEqual(
      expected,
    );
  });

  it("every face is taken", async () => {
    for (const sex of ["female", "male"])
      for (let i = 0; i < 30; i += 1) {
        const { width, height } = await photo(`faces/${sex}-${String(i).padStart(2, "0")}.jpg`);
        expect([width, height]).toEqual([256, 256]);
      }
  });

  describe("the nine landscapes", () => {
    const pixels = async (name: string): Promise<Buffer> => {
      const screen = (await photo(name)).renditions.find((r) => r.name === "screen");
      // Each has its own number drawn in the middle; its surroundings must be the same.
      return sharp(screen?.bytes).resize(90, 60, { fit: "fill" }).raw().toBuffer();
    };
    let first: Buffer;
    beforeAll(async () => {
      first = await pixels("exif/Landscape_1.jpg");
    });
    it.each([0, 2, 3, 4, 5, 6, 7, 8])("%i looks like the upright one", async (n) => {
      const other = await pixels(`exif/Landscape_${n}.jpg`);
      expect(other.length).toBe(first.length);
      let difference = 0;
      for (const [i, value] of first.entries()) difference += Math.abs(value - (other[i] ?? 0));
      expect(difference / first.length).toBeLessThan(3);
    });
  });
});

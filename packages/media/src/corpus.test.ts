import { createHash } from "node:crypto";
import type { MediaRefusal, PreparedPhoto } from "@secondlook/domain/evidence/prepared";
import sharp from "sharp";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createMediaPreparer } from "./preparer.ts";
import { seededChance } from "./testing/chance.ts";
import { corpusFile, hasCorpus } from "./testing/corpus.ts";
import { colourAt } from "./testing/pictures.ts";

/** What must become of each file that others made: "taken", or the code of its refusal. */
const PHOTOS: Readonly<Record<string, "taken" | MediaRefusal["code"]>> = {
  ...Object.fromEntries(
    Array.from({ length: 9 }, (_, i) => [`exif/Landscape_${i}.jpg`, "taken"] as const),
  ),
  ...Object.fromEntries(
    ["female", "male"].flatMap((sex) =>
      Array.from(
        { length: 30 },
        (_, i) => [`faces/${sex}-${String(i).padStart(2, "0")}.jpg`, "taken"] as const,
      ),
    ),
  ),
  ...Object.fromEntries(
    ["female-1", "female-2", "male-1", "male-2"].map(
      (name) => [`faces/512/${name}.jpg`, "taken"] as const,
    ),
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

/** What must lie where: places as ratios of the upright picture, colours as red, green and blue. */
const COLOURS: Readonly<Record<string, readonly (readonly [number, number, string, Rgb])[]>> = {
  "images/example.heic": [
    [0.5, 0.12, "the sky", [115, 165, 220]],
    [0.92, 0.47, "the yellow house", [195, 145, 10]],
    [0.3, 0.85, "the river", [25, 25, 20]],
  ],
  "images/hevc32.heif": [
    [0.05, 0.05, "purple", [160, 30, 240]],
    [0.95, 0.05, "light blue", [90, 190, 240]],
    [0.05, 0.95, "red", [245, 60, 60]],
    [0.95, 0.95, "green", [130, 250, 60]],
  ],
  "images/hopper.avif": [
    [0.9, 0.15, "the wall", [75, 125, 195]],
    [0.5, 0.93, "the uniform", [20, 20, 30]],
  ],
  "images/pil_sample_cmyk.jpg": [
    [0.08, 0.02, "red ink", [235, 35, 40]],
    [0.5, 0.9, "black ink", [5, 5, 5]],
  ],
  "images/basi2c16.png": [
    [0.03, 0.03, "yellow", [250, 245, 5]],
    [0.97, 0.03, "green", [10, 240, 10]],
    [0.03, 0.97, "red", [250, 10, 5]],
    [0.97, 0.97, "blue", [5, 5, 250]],
  ],
};
type Rgb = readonly [number, number, number];

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
  const screenOf = async (name: string): Promise<Uint8Array> =>
    (await photo(name)).renditions.find((r) => r.name === "screen")?.bytes ?? new Uint8Array();
  /** The mean difference of two pictures brought to one size, a channel. */
  const difference = async (a: Uint8Array, b: Uint8Array): Promise<number> => {
    const small = (bytes: Uint8Array) =>
      sharp(bytes).resize(90, 60, { fit: "fill" }).raw().toBuffer();
    const [one, other] = [await small(a), await small(b)];
    expect(one.length).toBe(other.length);
    return one.reduce((sum, value, i) => sum + Math.abs(value - (other[i] ?? 0)), 0) / one.length;
  };

  it.each(Object.entries(PHOTOS))("%s is %s", async (name, expected) => {
    const result = await preparer.preparePhoto({ bytes: corpusFile(name) });
    expect(result.ok ? "taken" : result.refusal.code).toBe(expected);
    if (!result.ok) expect(result.refusal.message).toMatch(/^\S.*; send .*[^.]$/);
    for (const { name: made, bytes } of result.ok ? result.value.renditions : []) {
      if (made === "original") continue;
      const { exif, icc, xmp, iptc, orientation } = await sharp(bytes).metadata();
      expect([exif, icc, xmp, iptc, orientation], made).toEqual(Array(5).fill(undefined));
    }
  });

  it.each(Object.entries(CLIPS))("%s is %j", async (name, expected) => {
    const result = await preparer.prepareClip({ bytes: corpusFile(name) });
    expect(result.ok ? [result.value.codec, result.value.frames] : result.refusal.code).toEqual(
      expected,
    );
  });

  it.each(Object.entries(CLIPS).filter(([, expected]) => typeof expected !== "string"))(
    "%s is refused when it is cut, wherever that is",
    async (name) => {
      const whole = corpusFile(name);
      for (const ratio of [0.1, 0.35, 0.6, 0.85, 0.99]) {
        const bytes = whole.slice(0, Math.floor(whole.length * ratio));
        const result = await preparer.prepareClip({ bytes });
        // A live recording that ends exactly between two frames has lost nothing that it announced.
        if (result.ok) expect([name, result.value.frames]).toEqual([name, "none"]);
        else expect(result.refusal.code, String(ratio)).toMatch(/truncated|damaged|no_video/);
      }
    },
  );

  describe("the nine landscapes", () => {
    let first: Uint8Array;
    beforeAll(async () => {
      first = await screenOf("exif/Landscape_1.jpg");
    });
    // Each has its own number drawn in the middle; its surroundings must be the same.
    it.each([0, 2, 3, 4, 5, 6, 7, 8])("%i looks like the upright one", async (n) => {
      expect(await difference(await screenOf(`exif/Landscape_${n}.jpg`), first)).toBeLessThan(3);
    });
  });

  it("the portrait that a WebP's EXIF turns stands as the same one in AVIF does", async () => {
    const [turned, upright] = [
      await screenOf("exif/hopper_orientation_6.webp"),
      await screenOf("images/hopper.avif"),
    ];
    expect(await difference(turned, upright)).toBeLessThan(8);
    const wrong = await sharp(turned).rotate(90).toBuffer();
    expect(await difference(wrong, upright)).toBeGreaterThan(30);
  });

  it.each(Object.entries(COLOURS))(
    "%s shows its colours where they belong",
    async (name, places) => {
      const screen = await screenOf(name);
      for (const [x, y, what, colour] of places) {
        const got = await colourAt(screen, x, y);
        for (const [i, value] of colour.entries())
          expect(Math.abs((got[i] ?? 999) - value), `${what}: ${got.join()}`).toBeLessThan(40);
      }
    },
  );

  it("come out the same each time, in any order, two at once", async () => {
    const chance = seededChance(20_261_123);
    const names = [...Object.keys(PHOTOS), ...Object.keys(CLIPS)];
    const outcomeOf = async (name: string): Promise<string> => {
      const bytes = corpusFile(name);
      const result = await (name in CLIPS
        ? preparer.prepareClip({ bytes })
        : preparer.preparePhoto({ bytes }));
      if (!result.ok) return result.refusal.message;
      const hash = createHash("sha256");
      for (const { mediaType, bytes: made } of result.value.renditions)
        // An MP4 says when it was written.
        hash.update(mediaType === "video/mp4" ? String(made.length) : made);
      return hash.digest("hex");
    };
    const round = async (): Promise<Map<string, string>> => {
      const outcomes = new Map<string, string>();
      const shuffled = names
        .map((name) => ({ name, at: chance() }))
        .toSorted((a, b) => a.at - b.at);
      await Promise.all(
        shuffled.map(async ({ name }) => outcomes.set(name, await outcomeOf(name))),
      );
      return outcomes;
    };
    const [first, second] = [await round(), await round()];
    for (const name of names) expect([name, second.get(name)]).toEqual([name, first.get(name)]);
  }, 120_000);
});

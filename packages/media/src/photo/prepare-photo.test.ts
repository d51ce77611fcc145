import type { PreparedPhoto, RenditionName } from "@secondlook/domain/evidence/prepared";
import sharp, { type Sharp } from "sharp";
import { describe, expect, it } from "vitest";
import { colourAt, noise, plain, QUADRANTS, quadrants, stored } from "../testing/pictures.ts";
import type { Orientation } from "./orientation.ts";
import { preparePhoto } from "./prepare-photo.ts";

type Input = Parameters<typeof preparePhoto>[0];

async function prepared(input: Input): Promise<PreparedPhoto> {
  const result = await preparePhoto(input);
  if (!result.ok) throw new Error(result.refusal.message);
  return result.value;
}

function rendition(photo: PreparedPhoto, name: RenditionName): Uint8Array {
  const found = photo.renditions.find((r) => r.name === name);
  if (!found) throw new Error(`No ${name}.`);
  return found.bytes;
}

function expectNear(actual: readonly number[], expected: readonly number[]): void {
  expect(actual).toHaveLength(3);
  for (const [i, value] of expected.entries())
    expect(
      Math.abs((actual[i] ?? 999) - value),
      `${actual.join()} is not ${expected.join()}`,
    ).toBeLessThan(14);
}

const ORIENTATIONS: readonly Orientation[] = [1, 2, 3, 4, 5, 6, 7, 8];

describe("a photo", () => {
  for (const format of ["jpeg", "png", "webp"] as const)
    it.each(ORIENTATIONS)(`as ${format} of orientation %i stands upright`, async (orientation) => {
      const photo = await prepared({ bytes: await stored(orientation, format), format });
      expect([photo.width, photo.height]).toEqual([400, 200]);
      for (const name of ["face", "screen", "detail", "thumb"] as const) {
        const bytes = rendition(photo, name);
        expectNear(await colourAt(bytes, 0.2, 0.2), QUADRANTS.topLeft);
        expectNear(await colourAt(bytes, 0.8, 0.2), QUADRANTS.topRight);
        expectNear(await colourAt(bytes, 0.2, 0.8), QUADRANTS.bottomLeft);
        expectNear(await colourAt(bytes, 0.8, 0.8), QUADRANTS.bottomRight);
      }
    });

  // Stored boxes round a spot in the upright picture's bottom left quarter, worked out by hand.
  it.each([
    [1, { left: 0.1, top: 0.65, width: 0.2, height: 0.2 }],
    [2, { left: 0.7, top: 0.65, width: 0.2, height: 0.2 }],
    [3, { left: 0.7, top: 0.15, width: 0.2, height: 0.2 }],
    [4, { left: 0.1, top: 0.15, width: 0.2, height: 0.2 }],
    [5, { left: 0.65, top: 0.1, width: 0.2, height: 0.2 }],
    [6, { left: 0.65, top: 0.7, width: 0.2, height: 0.2 }],
    [7, { left: 0.15, top: 0.7, width: 0.2, height: 0.2 }],
    [8, { left: 0.15, top: 0.1, width: 0.2, height: 0.2 }],
  ] as const)("of orientation %i is cropped where a stored box says", async (orientation, box) => {
    const bytes = await stored(orientation);
    const fromStored = await prepared({
      bytes,
      format: "jpeg",
      faceBox: { ...box, space: "stored" },
    });
    const upright = { left: 0.1, top: 0.65, width: 0.2, height: 0.2, space: "upright" } as const;
    const fromUpright = await prepared({ bytes, format: "jpeg", faceBox: upright });
    expect(rendition(fromStored, "face")).toEqual(rendition(fromUpright, "face"));
    expectNear(await colourAt(rendition(fromStored, "face"), 0.5, 0.5), QUADRANTS.bottomLeft);
    expectNear(await colourAt(rendition(fromStored, "thumb"), 0.5, 0.5), QUADRANTS.bottomLeft);
  });

  it("carries no metadata into its renditions", async () => {
    const bytes = await stored(6);
    expect((await sharp(bytes).metadata()).exif).toBeDefined();
    const photo = await prepared({ bytes, format: "jpeg" });
    for (const { bytes: made } of photo.renditions) {
      const { exif, icc, xmp, orientation, isProgressive } = await sharp(made).metadata();
      expect([exif, icc, xmp, orientation]).toEqual([undefined, undefined, undefined, undefined]);
      expect(isProgressive).toBe(false);
    }
  });

  it("is never enlarged", async () => {
    const bytes = await quadrants(100, 60).png().toBuffer();
    const photo = await prepared({ bytes, format: "png" });
    for (const r of photo.renditions)
      expect([r.name, r.width, r.height]).toEqual([r.name, 100, 60]);
  });

  it("comes in the sizes that each rendition promises", async () => {
    const bytes = await plain(5000, 3000).jpeg({ quality: 40 }).toBuffer();
    const faceBox = { left: 0, top: 0, width: 0.5, height: 0.5, space: "upright" } as const;
    const photo = await prepared({ bytes, format: "jpeg", faceBox });
    const sizes = Object.fromEntries(photo.renditions.map((r) => [r.name, [r.width, r.height]]));
    expect(sizes).toEqual({
      face: [1024, 614],
      screen: [1280, 768],
      detail: [4472, 2683],
      thumb: [160, 96],
    });
    for (const r of photo.renditions) {
      const { width, height, chromaSubsampling } = await sharp(r.bytes).metadata();
      expect([width, height]).toEqual([r.width, r.height]);
      expect(chromaSubsampling).toBe(r.name === "face" ? "4:4:4" : "4:2:0");
    }
  });
});

describe("colours", () => {
  const expectRed = async (
    bytes: Buffer,
    format: Input["format"],
    tolerance = 14,
  ): Promise<void> => {
    const photo = await prepared({ bytes, format });
    const screen = rendition(photo, "screen");
    expect((await sharp(screen).metadata()).space).toBe("srgb");
    const [r = 0, g = 0, b = 0] = await colourAt(screen, 0.2, 0.2);
    expect(Math.abs(r - QUADRANTS.topLeft[0])).toBeLessThan(tolerance);
    expect(Math.abs(g - QUADRANTS.topLeft[1])).toBeLessThan(tolerance);
    expect(Math.abs(b - QUADRANTS.topLeft[2])).toBeLessThan(tolerance);
  };

  it("of a CMYK picture are brought to sRGB", async () => {
    // Ink can't show this red as strongly.
    await expectRed(
      await quadrants().toColourspace("cmyk").jpeg({ quality: 95 }).toBuffer(),
      "jpeg",
      45,
    );
  });
  it("of a 16-bit picture are brought to 8 bits", async () => {
    const bytes = await quadrants().toColourspace("rgb16").png().toBuffer();
    expect((await sharp(bytes).metadata()).depth).toBe("ushort");
    await expectRed(bytes, "png");
  });
  it("of a palette picture are kept", async () => {
    const bytes = await quadrants().png({ palette: true, colours: 8 }).toBuffer();
    expect((await sharp(bytes).metadata()).isPalette).toBe(true);
    await expectRed(bytes, "png");
  });
  it("of a picture with a wide-gamut profile are brought to sRGB", async () => {
    await expectRed(
      await quadrants().withIccProfile("p3").jpeg({ quality: 95 }).toBuffer(),
      "jpeg",
      20,
    );
  });
  it("of a grey picture stay grey", async () => {
    const bytes = await quadrants().greyscale().jpeg().toBuffer();
    const [r, g, b] = await colourAt(
      rendition(await prepared({ bytes, format: "jpeg" }), "screen"),
      0.8,
      0.8,
    );
    expect(r).toBeGreaterThan(230);
    expect([g, b]).toEqual([r, r]);
  });
  it.each(["png", "webp"] as const)(
    "that are transparent in a %s lie on a neutral grey",
    async (format) => {
      const bytes = await sharp({
        create: {
          width: 80,
          height: 80,
          channels: 4,
          background: { r: 255, g: 0, b: 0, alpha: 0 },
        },
      })
        .toFormat(format)
        .toBuffer();
      const photo = await prepared({ bytes, format });
      expectNear(await colourAt(rendition(photo, "screen"), 0.5, 0.5), [128, 128, 128]);
    },
  );
});

describe("marks", () => {
  const box = { left: 0.1, top: 0.1, width: 0.3, height: 0.3, space: "upright" } as const;
  const marksOf = async (picture: Sharp, faceBox?: Input["faceBox"]) =>
    (await prepared({ bytes: await picture.png().toBuffer(), format: "png", faceBox })).marks;

  it("say that no box came", async () => {
    expect(await marksOf(quadrants())).toEqual(["no_face_box"]);
  });
  it("say that the box lies outside, and the whole picture is shown", async () => {
    const bytes = await quadrants().png().toBuffer();
    const photo = await prepared({ bytes, format: "png", faceBox: { ...box, left: 1.2 } });
    expect(photo.marks).toEqual(["face_outside_picture"]);
    expect(photo.renditions.find((r) => r.name === "face")).toMatchObject({
      width: 400,
      height: 200,
    });
  });
  it("say that the box runs past the edge, and the crop is clamped", async () => {
    expect(await marksOf(noise(400, 400), { ...box, left: -0.1 })).toEqual(["face_cut_off"]);
  });
  it("say that the face is too small, by the picture's own pixels", async () => {
    expect(await marksOf(noise(140, 140), box)).toEqual(["face_too_small"]);
    expect(await marksOf(noise(160, 160), box)).toEqual([]);
  });
  it("say that the face is too dark, whatever surrounds it", async () => {
    const bright = (face: Buffer): Sharp =>
      plain(400, 400, 230).composite([{ input: face, left: 0, top: 0 }]);
    const dimmed = async (by: number) => noise(250, 250).linear(by, 0).png().toBuffer();
    expect(await marksOf(bright(await dimmed(0.25)), box)).toEqual(["face_too_dark"]);
    expect(await marksOf(bright(await dimmed(0.5)), box)).toEqual([]);
  });
  it("say what holds wherever the face is, where nobody said", async () => {
    expect(await marksOf(noise(40, 50))).toEqual(["no_face_box", "face_too_small"]);
    const night = await noise(400, 400).linear(0.12, 0).png().toBuffer();
    expect(await marksOf(sharp(night))).toEqual(["no_face_box", "face_too_dark"]);
    // A face may well be what is lit in the dark.
    const lit = await plain(60, 60, 160).png().toBuffer();
    expect(await marksOf(sharp(night).composite([{ input: lit }]))).toEqual(["no_face_box"]);
  });
  it("say that the face is damaged, where a cut picture was saved again", async () => {
    const whole = await noise(400, 400).jpeg({ quality: 85, optimiseCoding: false }).toBuffer();
    const cutAt = async (share: number): Promise<Sharp> => {
      const shown = sharp(whole.subarray(0, Math.floor(whole.length * share)), { failOn: "none" });
      return sharp(await shown.jpeg({ quality: 80 }).toBuffer());
    };
    // The face ends at 40 % of the height.
    expect(await marksOf(await cutAt(0.3), box)).toEqual(["face_damaged"]);
    expect(await marksOf(await cutAt(0.6), box)).toEqual([]);
    expect(await marksOf(await cutAt(1), box)).toEqual([]);
  });
  it("change nothing of what is shown", async () => {
    const dark = await noise(400, 400).linear(0.2, 0).png().toBuffer();
    const photo = await prepared({ bytes: dark, format: "png", faceBox: box });
    expect(photo.marks).toEqual(["face_too_dark"]);
    const { channels } = await sharp(rendition(photo, "face")).stats();
    expect(channels[0]?.mean).toBeLessThan(40);
  });
});

import type { PreparedPhoto } from "@secondlook/domain/evidence/prepared";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { type HeifRecipe, type HeifTurn, makeHeif } from "../../testing/heif.ts";
import { colourAt, noise, QUADRANTS, quadrants } from "../../testing/pictures.ts";
import { preparePhoto } from "../prepare-photo.ts";

type Input = Parameters<typeof preparePhoto>[0];
type Corner = keyof typeof QUADRANTS;

const WIDTH = 192;
const HEIGHT = 96;
const pixels = {
  data: await quadrants(WIDTH, HEIGHT).raw().toBuffer(),
  width: WIDTH,
  height: HEIGHT,
};
const FORMATS = ["avif", "heic"] as const;

async function prepared(input: Input): Promise<PreparedPhoto> {
  const result = await preparePhoto(input);
  if (!result.ok) throw new Error(result.refusal.message);
  return result.value;
}

async function refusalOf(bytes: Uint8Array, format: "avif" | "heic") {
  const result = await preparePhoto({ bytes, format });
  return result.ok ? "taken" : result.refusal;
}

function bytesOf(photo: PreparedPhoto, name: string): Uint8Array {
  return photo.renditions.find((r) => r.name === name)?.bytes ?? new Uint8Array();
}

/** Which of the four colours lies at a place. */
async function cornerAt(bytes: Uint8Array, x: number, y: number): Promise<Corner | undefined> {
  const got = await colourAt(bytes, x, y);
  const corners: readonly Corner[] = ["topLeft", "topRight", "bottomLeft", "bottomRight"];
  return corners.find((corner) =>
    QUADRANTS[corner].every((value, i) => Math.abs(value - (got[i] ?? 999)) < 40),
  );
}

async function cornersOf(bytes: Uint8Array): Promise<(Corner | undefined)[]> {
  return Promise.all(
    [[0.2, 0.2] as const, [0.8, 0.2] as const, [0.2, 0.8] as const, [0.8, 0.8] as const].map(
      ([x, y]) => cornerAt(bytes, x, y),
    ),
  );
}

const rot = (quarters: number): HeifTurn => ({ type: "irot", quarters });
const mir = (axis: 0 | 1): HeifTurn => ({ type: "imir", axis });
const [TL, TR, BL, BR] = ["topLeft", "topRight", "bottomLeft", "bottomRight"] as const;

/** What each chain of boxes makes of the quarters, worked out by hand, and where a stored spot goes. */
const TURNS: readonly (readonly [string, readonly HeifTurn[], readonly Corner[], boolean])[] = [
  ["no box", [], [TL, TR, BL, BR], false],
  ["a quarter anticlockwise", [rot(1)], [TR, BR, TL, BL], true],
  ["a half", [rot(2)], [BR, BL, TR, TL], false],
  ["three quarters", [rot(3)], [BL, TL, BR, TR], true],
  ["top and bottom swapped", [mir(0)], [BL, BR, TL, TR], false],
  ["left and right swapped", [mir(1)], [TR, TL, BR, BL], false],
  ["turned, then swapped", [rot(1), mir(1)], [BR, TR, BL, TL], true],
  ["swapped, then turned", [mir(1), rot(1)], [TL, BL, TR, BR], true],
];

describe.each(FORMATS)("a %s", (format) => {
  const make = (recipe: Partial<HeifRecipe> = {}): Promise<Buffer> =>
    makeHeif(pixels, { format, ...recipe });

  it.each(TURNS)("stands upright: %s", async (_, turns, corners, isAcross) => {
    // An EXIF orientation beside the boxes, which must not turn the picture again.
    const bytes = await make({ turns, exifOrientation: 6 });
    const photo = await prepared({ bytes, format });
    expect([photo.width, photo.height]).toEqual(isAcross ? [HEIGHT, WIDTH] : [WIDTH, HEIGHT]);
    for (const name of ["face", "screen", "detail", "thumb"])
      expect(await cornersOf(bytesOf(photo, name)), name).toEqual(corners);
  });

  it.each(TURNS)("is cropped where a stored box says: %s", async (_, turns, corners) => {
    const bytes = await make({ turns });
    const stored = { left: 0.05, top: 0.6, width: 0.2, height: 0.2, space: "stored" } as const;
    const fromStored = await prepared({ bytes, format, faceBox: stored });
    expect(await cornerAt(bytesOf(fromStored, "face"), 0.5, 0.5)).toBe("bottomLeft");
    // The same spot by an upright box: wherever the bottom left quarter went.
    const at = corners.indexOf("bottomLeft");
    const upright = {
      left: at % 2 === 0 ? 0.1 : 0.7,
      top: at < 2 ? 0.1 : 0.7,
      width: 0.2,
      height: 0.2,
      space: "upright",
    } as const;
    const fromUpright = await prepared({ bytes, format, faceBox: upright });
    expect(await cornerAt(bytesOf(fromUpright, "face"), 0.5, 0.5)).toBe("bottomLeft");
  });

  it("whose boxes run past the edge is cropped inside it", async () => {
    const bytes = await make({ turns: [rot(1)] });
    const faceBox = { left: 0.8, top: -0.2, width: 0.4, height: 0.5, space: "stored" } as const;
    const photo = await prepared({ bytes, format, faceBox });
    expect(photo.marks).toContain("face_cut_off");
    expect(await cornerAt(bytesOf(photo, "face"), 0.1, 0.1)).toBe("topRight");
  });

  it("put together from tiles, as phones do, is whole", async () => {
    const photo = await prepared({ bytes: await make({ tiles: [2, 3], turns: [rot(2)] }), format });
    expect(await cornersOf(bytesOf(photo, "screen"))).toEqual([BR, BL, TR, TL]);
  });

  it("cropped by its own box shows that much", async () => {
    const clap = { type: "clap", width: 160, height: 80 } as const;
    const photo = await prepared({ bytes: await make({ turns: [clap] }), format });
    expect([photo.width, photo.height]).toEqual([160, 80]);
  });

  it("carries no metadata into its renditions", async () => {
    const photo = await prepared({ bytes: await make({ exifOrientation: 3 }), format });
    for (const { bytes } of photo.renditions) {
      const { exif, icc, xmp, orientation } = await sharp(bytes).metadata();
      expect([exif, icc, xmp, orientation]).toEqual([undefined, undefined, undefined, undefined]);
    }
  });

  it.each(["a profile", "a number"])(
    "in wide colours, said by %s, is brought to sRGB",
    async (by) => {
      const p3 = await sharp(
        await sharp(pixels.data, { raw: { ...pixels, channels: 3 } })
          .withIccProfile("p3")
          .png()
          .toBuffer(),
      ).metadata();
      const saidBy = by === "a profile" && p3.icc ? { profile: p3.icc } : { primaries: 12 };
      const wide = await prepared({ bytes: await make(saidBy), format });
      const [r = 0, g = 0, b = 0] = await colourAt(bytesOf(wide, "screen"), 0.8, 0.2);
      // P3's (20, 200, 20) lies outside sRGB: red and blue end at nothing, green grows.
      expect(g).toBeGreaterThan(200);
      expect(r).toBeLessThan(12);
      expect(b).toBeLessThan(30);
      const plain = await prepared({ bytes: await make(), format });
      expect(await cornersOf(bytesOf(plain, "screen"))).toEqual([TL, TR, BL, BR]);
    },
  );

  it.each([{ transfer: 16 }, { transfer: 18 }, { primaries: 9 }])(
    "coded for HDR screens is refused by name: %j",
    async (colour) => {
      expect(await refusalOf(await make(colour), format)).toMatchObject({
        code: "unsupported_format",
        message: expect.stringContaining("is coded for HDR screens"),
      });
    },
  );

  it.each([0.1, 0.61, 0.95, 0.999])("cut to %f of its bytes is refused", async (ratio) => {
    const whole = await make({ exifOrientation: 1 });
    const refusal = await refusalOf(whole.subarray(0, Math.floor(whole.length * ratio)), format);
    expect(refusal).toMatchObject({ code: "truncated" });
  });
  it("cut in its picture says how much of it came", async () => {
    const whole = await make();
    expect(
      await refusalOf(whole.subarray(0, Math.floor(whole.length * 0.8)), format),
    ).toMatchObject({
      message: expect.stringMatching(/ ends after (79|80) % of its data; send it again$/),
    });
  });
  it("whose picture lies past its end is refused, though its boxes fit", async () => {
    const bytes = await make();
    const at = bytes.indexOf("iloc");
    bytes.writeUInt32BE(bytes.readUInt32BE(at + 18) + 5000, at + 18);
    expect(await refusalOf(bytes, format)).toMatchObject({ code: "truncated" });
  });
  it.each([
    ["picture of another kind", { handler: "soun" }],
    ["size that isn't its own", { claimedSize: [4000, 3000] }],
  ] as const)("with a %s is refused", async (_, recipe) => {
    expect(await refusalOf(await make(recipe), format)).toMatchObject({ code: "damaged" });
  });
  it("with more pixels than may be decoded is refused on its header", async () => {
    expect(await refusalOf(await make({ claimedSize: [6001, 4000] }), format)).toMatchObject({
      code: "too_many_pixels",
      message: expect.stringMatching(/6001 × 4000 pixels, more than the (16|24) megapixels that/),
    });
  });
  it("that holds the other's picture is refused", async () => {
    const other = format === "avif" ? "heic" : "avif";
    expect(await refusalOf(await make(), other)).toMatchObject({ code: "unsupported_format" });
  });
  it.each(["meta", "hdlr", "pitm", "iloc", "iinf", "iprp", "ispe", "mdat"])(
    "without its %s is refused",
    async (box) => {
      const bytes = await make();
      bytes.write("free", bytes.indexOf(box), "latin1");
      const refusal = await refusalOf(bytes, format);
      // Nothing but the tables says where the picture lies, so the box round it may have any name.
      if (box === "mdat") expect(refusal).toBe("taken");
      else expect(refusal).toMatchObject({ code: "damaged" });
    },
  );
  it("followed by something else is refused", async () => {
    const both = Buffer.concat([await make(), Buffer.from("<html><script>alert(1)</script>")]);
    expect(await refusalOf(both, format)).toMatchObject({
      code: expect.stringMatching(/damaged|trunc/),
    });
  });
});

describe("a HEIC", () => {
  const rough = async (): Promise<Buffer> => {
    const data = await noise(WIDTH, HEIGHT).raw().toBuffer();
    return makeHeif({ data, width: WIDTH, height: HEIGHT }, { format: "heic" });
  };

  it("with a hole filled with zeros is refused, which its decoder would conceal", async () => {
    const bytes = await rough();
    bytes.fill(0, bytes.length - 6000, bytes.length - 3000);
    expect(await refusalOf(bytes, "heic")).toEqual({
      code: "damaged",
      message:
        "the HEIC has picture data with a piece missing; send it again, or another file if it is so at its source",
    });
  });
  it("whose picture is shorter than its parts say is refused", async () => {
    const bytes = await rough();
    const at = bytes.indexOf("mdat") + 4;
    bytes.writeUInt32BE(bytes.readUInt32BE(at) - 10, at);
    expect(await refusalOf(bytes, "heic")).toMatchObject({ code: "damaged" });
  });
  it.each([undefined, 12])(
    "that is transparent lies on a neutral grey, primaries %s",
    async (by) => {
      const wide = by === undefined ? {} : { primaries: by };
      const shown = async (alpha: number): Promise<number[]> => {
        const bytes = await makeHeif(pixels, { format: "heic", alpha, ...wide });
        return colourAt(bytesOf(await prepared({ bytes, format: "heic" }), "screen"), 0.8, 0.8);
      };
      for (const value of await shown(0)) expect(Math.abs(value - 128)).toBeLessThan(6);
      for (const value of await shown(255)) expect(value).toBeGreaterThan(225);
    },
  );
  it("of an odd stored size keeps every pixel", async () => {
    const data = await quadrants(50, 34).raw().toBuffer();
    const bytes = await makeHeif({ data, width: 50, height: 34 }, { format: "heic" });
    const photo = await prepared({ bytes, format: "heic" });
    expect([photo.width, photo.height]).toEqual([50, 34]);
    expect(await cornersOf(bytesOf(photo, "detail"))).toEqual([TL, TR, BL, BR]);
  });
});

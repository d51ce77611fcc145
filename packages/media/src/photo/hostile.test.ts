import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import type { PhotoFormat } from "../formats.ts";
import { noise, plain, quadrants } from "../testing/pictures.ts";
import { preparePhoto } from "./prepare-photo.ts";

async function refusalOf(bytes: Uint8Array, format: PhotoFormat) {
  const result = await preparePhoto({ bytes, format });
  return result.ok ? "taken" : result.refusal;
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

/** A JPEG segment of a marker's second byte. */
function segment(marker: number, data: Uint8Array): Buffer {
  const head = Buffer.from([0xff, marker, 0, 0]);
  head.writeUInt16BE(data.length + 2, 2);
  return Buffer.concat([head, data]);
}

describe("a picture followed by something else", () => {
  const pictures = {
    jpeg: () => quadrants().jpeg().toBuffer(),
    png: () => quadrants().png().toBuffer(),
    webp: () => quadrants().webp().toBuffer(),
  } as const;
  const refused = [
    ["a web page or other markup", "<html><script>alert(1)</script>"],
    ["a web page or other markup", "\r\n  <?php system($_GET['c']); ?>"],
    ["a web page or other markup", "\0\0<svg onload=alert(1)>"],
    ["a ZIP archive", "PK\x03\x04 and its files"],
    ["a RAR archive", "Rar!\x1a\x07"],
    ["a PDF", "%PDF-1.7"],
    ["a program", "MZ\x90\0"],
  ] as const;

  for (const format of ["jpeg", "png", "webp"] as const)
    it.each(refused)(`as ${format} is refused by name: %s`, async (what, text) => {
      const both = Buffer.concat([await pictures[format](), Buffer.from(text, "latin1")]);
      expect(await refusalOf(both, format)).toMatchObject({
        code: "unsupported_format",
        message: expect.stringContaining(` is followed by ${what}; send it alone`),
      });
    });

  it.each(["png", "webp"] as const)(
    "as %s is refused even where nobody knows what it is",
    async (format) => {
      const both = Buffer.concat([await pictures[format](), Buffer.from("hidden")]);
      expect(await refusalOf(both, format)).toMatchObject({
        message: expect.stringContaining("followed by data that is no part of it"),
      });
    },
  );

  it.each(["jpeg", "png", "webp"] as const)(
    "as %s is taken where that is padding",
    async (format) => {
      const both = Buffer.concat([await pictures[format](), Buffer.alloc(512)]);
      expect(await refusalOf(both, format)).toBe("taken");
    },
  );

  it("is taken where phones put a second picture or a short film behind a JPEG", async () => {
    const jpeg = await pictures.jpeg();
    const film = Buffer.from("\0\0\0\x18ftypmp42\0\0\0\0mp42isom", "latin1");
    expect(await refusalOf(Buffer.concat([jpeg, jpeg]), "jpeg")).toBe("taken");
    expect(await refusalOf(Buffer.concat([jpeg, film]), "jpeg")).toBe("taken");
  });
});

describe("a giant header", () => {
  it("of hundreds of segments in a JPEG is only thrown away", async () => {
    const jpeg = await quadrants().jpeg().toBuffer();
    const filler = Buffer.concat(
      Array.from({ length: 200 }, () => segment(0xe5, Buffer.alloc(60_000, 65))),
    );
    const bytes = Buffer.concat([jpeg.subarray(0, 2), filler, jpeg.subarray(2)]);
    const result = await preparePhoto({ bytes, format: "jpeg" });
    if (!result.ok) throw new Error(result.refusal.message);
    for (const { bytes: made } of result.value.renditions) expect(made.length).toBeLessThan(20_000);
  });
  it("of thousands of scans in a JPEG is refused", async () => {
    const jpeg = await plain(800, 800).jpeg({ progressive: true }).toBuffer();
    const scan = jpeg.lastIndexOf(Buffer.from([0xff, 0xda]));
    const tail = jpeg.subarray(scan, -2);
    const bytes = Buffer.concat([
      jpeg.subarray(0, -2),
      ...Array.from({ length: 3000 }, () => tail),
      jpeg.subarray(-2),
    ]);
    expect(await refusalOf(bytes, "jpeg")).toMatchObject({
      code: "damaged",
      message:
        "the JPEG repeats its picture without end; send it again, or another file if it is so at its source",
    });
  });
  it("of thousands of texts in a PNG is refused or thrown away, never kept", async () => {
    const png = await quadrants().png().toBuffer();
    const texts = Array.from({ length: 5000 }, (_, i) =>
      chunk("tEXt", Buffer.from(`k${i}\0${"secret ".repeat(20)}`)),
    );
    const bytes = Buffer.concat([png.subarray(0, 33), ...texts, png.subarray(33)]);
    const result = await preparePhoto({ bytes, format: "png" });
    for (const { bytes: made } of result.ok ? result.value.renditions : [])
      expect(Buffer.from(made).includes("secret")).toBe(false);
  });
  it("with fifty megabytes packed behind a small PNG's pixels is unpacked no further than those", async () => {
    const header = Buffer.alloc(13);
    header.writeUInt32BE(20, 0);
    header.writeUInt32BE(20, 4);
    header.set([8, 2, 0, 0, 0], 8);
    const bomb = Buffer.concat([
      Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
      chunk("IHDR", header),
      chunk("IDAT", deflateSync(Buffer.alloc(50_000_000))),
      chunk("IEND", Buffer.alloc(0)),
    ]);
    expect(await refusalOf(bomb, "png")).toBe("taken");
  });
});

describe("colours that are rare", () => {
  const colourOf = async (bytes: Buffer, format: PhotoFormat): Promise<number[]> => {
    const result = await preparePhoto({ bytes, format });
    if (!result.ok) throw new Error(result.refusal.message);
    const screen = result.value.renditions.find((r) => r.name === "screen");
    const { channels } = await sharp(screen?.bytes).toColourspace("srgb").stats();
    return channels.map((channel) => Math.round(channel.mean));
  };
  const expectGrey = async (bytes: Buffer, format: PhotoFormat, grey: number): Promise<void> => {
    for (const value of await colourOf(bytes, format))
      expect(Math.abs(value - grey)).toBeLessThan(3);
  };
  const greyPng = (type: number, depth: 8 | 16, pixel: readonly number[]): Buffer => {
    const header = Buffer.alloc(13);
    header.writeUInt32BE(32, 0);
    header.writeUInt32BE(32, 4);
    header.set([depth, type, 0, 0, 0], 8);
    const row = [0, ...Array.from({ length: 32 }, () => pixel).flat()];
    const rows = Buffer.from(Array.from({ length: 32 }, () => row).flat());
    return Buffer.concat([
      Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
      chunk("IHDR", header),
      chunk("IDAT", deflateSync(rows)),
      chunk("IEND", Buffer.alloc(0)),
    ]);
  };

  it("grey of 16 bits keeps its tone", async () => {
    await expectGrey(greyPng(0, 16, [200, 7]), "png", 200);
  });
  it("grey with alpha lies on the neutral grey, in 8 and 16 bits", async () => {
    await expectGrey(greyPng(4, 8, [200, 255]), "png", 200);
    await expectGrey(greyPng(4, 8, [200, 0]), "png", 128);
    await expectGrey(greyPng(4, 16, [200, 7, 255, 255]), "png", 200);
    await expectGrey(greyPng(4, 16, [200, 7, 0, 0]), "png", 128);
  });
  it("a transparent AVIF lies on the neutral grey", async () => {
    const background = { r: 255, g: 0, b: 0, alpha: 0 };
    const bytes = await sharp({ create: { width: 64, height: 64, channels: 4, background } })
      .avif()
      .toBuffer();
    await expectGrey(bytes, "avif", 128);
  });
  it("an AVIF of 10 bits keeps its tone", async () => {
    const bytes = await plain(64, 64, 200).avif({ bitdepth: 10 }).toBuffer();
    await expectGrey(bytes, "avif", 200);
  });
  it("grey AVIF keeps its tone", async () => {
    await expectGrey(await plain(64, 64, 90).greyscale().avif().toBuffer(), "avif", 90);
  });
  it("CMYK with and without a profile is brought to sRGB", async () => {
    for (const profile of [true, false]) {
      const cmyk = noise(64, 64).linear(0, 200).toColourspace("cmyk");
      const bytes = await (profile ? cmyk.withIccProfile("cmyk") : cmyk).jpeg().toBuffer();
      expect((await sharp(bytes).metadata()).space).toBe("cmyk");
      const [r = 0, g = 0, b = 0] = await colourOf(bytes, "jpeg");
      expect(Math.max(Math.abs(r - 200), Math.abs(g - 200), Math.abs(b - 200))).toBeLessThan(25);
    }
  });
});

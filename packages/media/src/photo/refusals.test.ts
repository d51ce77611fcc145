import { crc32, deflateSync } from "node:zlib";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { noise, quadrants, plain } from "../testing/pictures.ts";
import type { PhotoFormat } from "../formats.ts";
import { preparePhoto } from "./prepare-photo.ts";

async function refusalOf(bytes: Uint8Array, format: PhotoFormat) {
  const result = await preparePhoto({ bytes, format });
  return result.ok ? "taken" : result.refusal;
}

/** The file's first part. */
function cut(bytes: Buffer, ratio: number): Buffer {
  return bytes.subarray(0, Math.floor(bytes.length * ratio));
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, "latin1"), data]);
  const out = Buffer.alloc(body.length + 8);
  out.writeUInt32BE(data.length);
  body.copy(out, 4);
  out.writeUInt32BE(crc32(body), body.length + 4);
  return out;
}

/** Puts a chunk behind a PNG's header. */
function withChunk(png: Buffer, type: string, data: Uint8Array): Buffer {
  return Buffer.concat([png.subarray(0, 33), chunk(type, data), png.subarray(33)]);
}

describe("a JPEG", () => {
  const jpeg = () => noise(400, 400).jpeg({ quality: 80, optimiseCoding: false }).toBuffer();

  it.each([0.3, 0.61, 0.9])(
    "cut to %f of its bytes is refused with where it ends",
    async (ratio) => {
      const refusal = await refusalOf(cut(await jpeg(), ratio), "jpeg");
      expect(refusal).toMatchObject({ code: "truncated" });
      const [, percent] =
        /^the JPEG ends too early, and below (\d+) % of its height shows one flat colour; send it again$/.exec(
          typeof refusal === "string" ? refusal : refusal.message,
        ) ?? [refusal];
      expect(Math.abs(Number(percent) - ratio * 100)).toBeLessThan(6);
    },
  );
  it("cut where it is as even as a wall is not said to end there", async () => {
    const even = await plain(400, 400).jpeg({ optimiseCoding: false }).toBuffer();
    expect(await refusalOf(even.subarray(0, -2), "jpeg")).toMatchObject({
      message:
        "the JPEG ends too early, and below 0 % of its height shows one flat colour; send it again",
    });
  });
  it("without its last two bytes is refused", async () => {
    expect(await refusalOf((await jpeg()).subarray(0, -2), "jpeg")).toMatchObject({
      code: "truncated",
    });
  });
  it("cut in its header is refused", async () => {
    expect(await refusalOf(cut(await jpeg(), 0.002), "jpeg")).toEqual({
      code: "truncated",
      message: "the JPEG ends before its picture begins; send it again",
    });
  });
  it("with a piece missing before its end mark is refused with where it ends", async () => {
    const whole = await jpeg();
    const holed = Buffer.concat([cut(whole, 0.5), whole.subarray(-2)]);
    expect(await refusalOf(holed, "jpeg")).toMatchObject({
      code: "truncated",
      message: expect.stringMatching(/below (4\d|5\d) % of its height/),
    });
  });
  it("that is progressive and cut is refused", async () => {
    const bytes = await noise(300, 300).jpeg({ progressive: true }).toBuffer();
    expect(await refusalOf(cut(bytes, 0.6), "jpeg")).toEqual({
      code: "truncated",
      message: "the JPEG ends before its picture is complete; send it again",
    });
  });
  it("that is progressive and lacks its last scan is refused, though it ends well", async () => {
    const bytes = await noise(300, 300).jpeg({ progressive: true }).toBuffer();
    const lastScan = bytes.lastIndexOf(Buffer.from([0xff, 0xda]));
    // The scan's tables stand before it; the end mark is put where they begin.
    const tables = bytes.lastIndexOf(Buffer.from([0xff, 0xc4]), lastScan);
    const shorn = Buffer.concat([bytes.subarray(0, tables), Buffer.from([0xff, 0xd9])]);
    expect(await refusalOf(shorn, "jpeg")).toMatchObject({
      message: "the JPEG lacks a part of its picture data; send it again",
    });
  });
  it("with a size that lies is refused on its header", async () => {
    const bytes = await quadrants().jpeg().toBuffer();
    bytes.writeUInt32BE(0xffffffff, bytes.indexOf(Buffer.from([0xff, 0xc0])) + 5);
    expect(await refusalOf(bytes, "jpeg")).toMatchObject({ code: "too_many_pixels" });
  });
  it("with bytes after its end, as phones add, is taken", async () => {
    expect(await refusalOf(Buffer.concat([await jpeg(), Buffer.alloc(99, 7)]), "jpeg")).toBe(
      "taken",
    );
  });
  it.each([true, false])("that is whole is taken, progressive: %s", async (progressive) => {
    expect(await refusalOf(await noise(300, 200).jpeg({ progressive }).toBuffer(), "jpeg")).toBe(
      "taken",
    );
  });
});

describe("a PNG", () => {
  const png = () => noise(300, 300).png().toBuffer();

  it.each([0.3, 0.61, 0.9])(
    "cut to %f of its bytes is refused with where it ends",
    async (ratio) => {
      const refusal = await refusalOf(cut(await png(), ratio), "png");
      const text = typeof refusal === "string" ? refusal : refusal.message;
      const [, percent] =
        /^the PNG ends after (\d+) % of its picture; send it again$/.exec(text) ?? [];
      expect(Math.abs(Number(percent) - ratio * 100)).toBeLessThan(6);
    },
  );
  it("without its end chunk is refused", async () => {
    expect(await refusalOf((await png()).subarray(0, -12), "png")).toMatchObject({
      code: "truncated",
    });
  });
  it("with one bit turned anywhere is refused", async () => {
    const whole = await png();
    for (let at = 20; at < whole.length - 12; at += Math.floor(whole.length / 23)) {
      const flipped = Buffer.from(whole);
      flipped[at] = (flipped[at] ?? 0) ^ 4;
      expect(await refusalOf(flipped, "png"), `byte ${at}`).toMatchObject({
        code: expect.stringMatching(/damaged|truncated/),
      });
    }
  });
  it("whose header promises 65,536 × 65,536 pixels is refused before decoding", async () => {
    const header = Buffer.alloc(13);
    header.writeUInt32BE(65_536, 0);
    header.writeUInt32BE(65_536, 4);
    header.set([8, 2, 0, 0, 0], 8);
    const bomb = Buffer.concat([
      (await png()).subarray(0, 8),
      chunk("IHDR", header),
      chunk("IDAT", deflateSync(Buffer.alloc(1000))),
      chunk("IEND", Buffer.alloc(0)),
    ]);
    expect(await refusalOf(bomb, "png")).toEqual({
      code: "too_many_pixels",
      message:
        "the picture has 65536 × 65536 pixels, more than the 50 megapixels that PNG may have; send a smaller copy",
    });
  });
  it.each(["zTXt", "iTXt", "iCCP"])("with a %s bomb is refused", async (type) => {
    const head = type === "iTXt" ? "k\0\x01\0en\0k\0" : "k\0\0";
    const packed = deflateSync(Buffer.alloc(8_000_000));
    const bytes = withChunk(await png(), type, Buffer.concat([Buffer.from(head), packed]));
    expect(await refusalOf(bytes, "png")).toMatchObject({
      code: "damaged",
      message: expect.stringContaining("unpack to more than any photo needs"),
    });
  });
  it("that moves is refused", async () => {
    const control = Buffer.alloc(8, 1);
    expect(await refusalOf(withChunk(await png(), "acTL", control), "png")).toMatchObject({
      code: "unsupported_format",
    });
  });
  it("that is interlaced is taken whole and refused cut", async () => {
    const bytes = await noise(200, 200).png({ progressive: true }).toBuffer();
    expect(await refusalOf(bytes, "png")).toBe("taken");
    expect(await refusalOf(cut(bytes, 0.5), "png")).toMatchObject({ code: "truncated" });
  });
});

describe("a WebP", () => {
  const webp = (lossless = false) => noise(300, 300).webp({ lossless }).toBuffer();

  it.each([true, false])(
    "cut to 61 % is refused with where it ends, lossless: %s",
    async (lossless) => {
      expect(await refusalOf(cut(await webp(lossless), 0.61), "webp")).toMatchObject({
        code: "truncated",
        message: expect.stringMatching(/^the WebP ends after 6[01] % of its data; send it again$/),
      });
    },
  );
  it("whose picture is shorter than its sizes were made to say is refused", async () => {
    const whole = await webp();
    const short = Buffer.from(cut(whole, 0.6));
    const even = short.length - (short.length % 2);
    short.writeUInt32LE(even - 8, 4);
    short.writeUInt32LE(even - 20, 16);
    expect(await refusalOf(short.subarray(0, even), "webp")).toMatchObject({ code: "damaged" });
  });
  it("with a chunk larger than the file is refused", async () => {
    const bytes = await webp();
    bytes.writeUInt32LE(bytes.length * 2, 16);
    expect(await refusalOf(bytes, "webp")).toMatchObject({ code: "damaged" });
  });
  it("that moves is refused", async () => {
    const frames = await sharp({
      create: { width: 40, height: 80, channels: 3, background: "#123456", pageHeight: 40 },
    })
      .composite([{ input: await quadrants(40, 40).png().toBuffer(), left: 0, top: 40 }])
      .webp({ loop: 0 })
      .toBuffer();
    expect(frames.includes("ANIM")).toBe(true);
    expect(await refusalOf(frames, "webp")).toMatchObject({ code: "unsupported_format" });
  });
  it("whose canvas is not its picture's size is refused", async () => {
    const bytes = await sharp({
      create: { width: 50, height: 50, channels: 4, background: { r: 1, g: 2, b: 3, alpha: 0.5 } },
    })
      .webp()
      .toBuffer();
    expect(bytes.subarray(12, 16).toString()).toBe("VP8X");
    bytes.writeUIntLE(4999, 24, 3);
    expect(await refusalOf(bytes, "webp")).toMatchObject({ code: "damaged" });
  });
  it.each([true, false])("that is whole is taken, lossless: %s", async (lossless) => {
    expect(await refusalOf(await webp(lossless), "webp")).toBe("taken");
  });
});

import { describe, expect, it } from "vitest";
import { admit } from "./admit.ts";
import { sniff } from "./sniff.ts";

const ascii = (text: string): Uint8Array => Buffer.from(text, "latin1");
const iso = (...brands: readonly string[]): Uint8Array =>
  ascii(
    `\0\0\0${String.fromCharCode(12 + brands.length * 4)}ftyp${brands[0]}\0\0\0\0${brands.slice(1).join("")}`,
  );
const ebml = (type: string): Uint8Array =>
  ascii(
    `\x1aE\xdf\xa3${String.fromCharCode(0x80 | (type.length + 3))}\x42\x82${String.fromCharCode(0x80 | type.length)}${type}`,
  );

describe("a file's kind", () => {
  it.each([
    [ascii("\xff\xd8\xff\xe0"), "jpeg"],
    [ascii("\x89PNG\r\n\x1a\n"), "png"],
    [ascii("RIFF\0\0\0\0WEBPVP8 "), "webp"],
    [ebml("webm"), "webm"],
    [iso("isom", "avc1"), "mp4"],
    [iso("mp42", "isom"), "mp4"],
    [iso("XXXX", "isom"), "mp4"],
    [iso("qt  "), "mov"],
    [iso("avif", "mif1"), "avif"],
    [iso("mif1", "avif"), "avif"],
    [iso("heic", "mif1"), "heic"],
    [iso("heix", "mif1"), "heic"],
    [iso("mif1", "heic"), "heic"],
  ])("is told by its first bytes (%#)", (bytes, format) => {
    expect(sniff(bytes)).toMatchObject({ format });
  });

  it.each([
    [ascii("\0\0\0\x08wide\0\0\0\0mdat"), "an old QuickTime film (MOV without a brand)"],
    [ebml("matroska"), "a Matroska film (MKV)"],
    [iso("avis", "avif"), "an animated AVIF"],
    [iso("hevc", "heic"), "a HEIF sequence of pictures"],
    [iso("mif1", "jpeg"), "a HEIF that isn't coded as HEIC or AVIF"],
    [iso("crx ", "isom"), "a camera's raw picture (CR3)"],
    [iso("M4A ", "isom"), "an M4A sound file"],
    [ascii("GIF89a"), "a GIF"],
    [ascii("BM6\0"), "a BMP"],
    [ascii("II*\0\x08\0\0\0"), "a TIFF"],
    [ascii("MM\0*"), "a TIFF"],
    [ascii("II*\0\x10\0\0\0CR"), "a camera's raw picture (CR2)"],
    [ascii("%PDF-1.7"), "a PDF"],
    [ascii("PK\x03\x04"), "a ZIP archive or an Office document"],
    [ascii("Rar!\x1a\x07"), "a RAR archive"],
    [ascii("7z\xbc\xaf\x27\x1c"), "a 7z archive"],
    [ascii("\x1f\x8b\x08"), "a gzip archive"],
    [ascii(`${"name".padEnd(257, "\0")}ustar`), "a tar archive"],
    [ascii("MZ\x90"), "a Windows program"],
    [ascii("\xef\xbb\xbf<?xml version='1.0'?><svg/>"), "an SVG"],
    [ascii("  <SVG onload='x'>"), "an SVG"],
    [ascii("<?xml version='1.0'?><a/>"), "an XML document"],
    [ascii("\n<!DOCTYPE html><script>"), "an HTML page"],
    [ascii("#!/bin/sh"), "a script"],
    [ascii("RIFF\0\0\0\0AVI LIST"), "an AVI film"],
  ])("that is not taken has a name (%#)", (bytes, name) => {
    expect(sniff(bytes)).toEqual({ kind: "unsupported", name });
    expect(admit(bytes, "photo", 1000)).toMatchObject({
      refusal: {
        code: "unsupported_format",
        message: `the file is ${name}; send a JPEG, PNG, WebP, AVIF or HEIC`,
      },
    });
  });

  it("is unknown for anything else, however short", () => {
    for (const text of [
      "x",
      "\x1aE\xdf\xa3",
      "\0\0\0\x10ftyp",
      "\xff\xd8",
      "RIFF",
      "\0".repeat(64),
    ])
      expect(sniff(ascii(text)), text).toEqual({ kind: "unknown" });
  });
});

describe("a file at the door", () => {
  it("is refused when it is empty, too large, mangled or of the other kind", () => {
    expect(admit(ascii(""), "photo", 9)).toMatchObject({ refusal: { code: "empty" } });
    expect(admit(ascii("\xff\xd8\xff\xe0"), "photo", 3)).toMatchObject({
      refusal: { code: "too_large" },
    });
    expect(admit(ascii("\x89PNG\n\x1a\n"), "photo", 99)).toMatchObject({
      refusal: { code: "damaged" },
    });
    expect(admit(ebml("webm"), "photo", 99)).toMatchObject({
      refusal: {
        message: "the file is a clip (WebM); send a JPEG, PNG, WebP, AVIF or HEIC",
      },
    });
  });
});

describe("a file that is two at once", () => {
  const jpeg = ascii("\xff\xd8\xff\xe0 and so on");
  const zipEnd = (comment = 0): Uint8Array => {
    const end = Buffer.alloc(22 + comment, 1);
    end.write("PK\x05\x06", "latin1");
    end.fill(0, 4, 22);
    return end;
  };

  it.each([0, 7, 65_535])("with a ZIP's end behind it and %i bytes more is refused", (comment) => {
    const both = Buffer.concat([jpeg, Buffer.alloc(5000, 3), zipEnd(comment)]);
    expect(admit(both, "photo", 1e6)).toMatchObject({
      refusal: {
        code: "unsupported_format",
        message: "the file is a JPEG and a ZIP archive in one; send the photo alone",
      },
    });
  });
  it("with a PDF's beginning in its first kilobyte is refused", () => {
    const both = Buffer.concat([ebml("webm"), Buffer.alloc(700), ascii("%PDF-1.4")]);
    expect(admit(both, "clip", 1e6)).toMatchObject({
      refusal: { message: "the file is a WebM and a PDF in one; send the clip alone" },
    });
  });
  it("is not suspected for four bytes that look alike", () => {
    const odd = Buffer.concat([jpeg, ascii("PK\x05\x06"), Buffer.alloc(40, 0xa7)]);
    expect(admit(odd, "photo", 1e6).ok).toBe(true);
    expect(admit(Buffer.concat([jpeg, zipEnd(), Buffer.alloc(70_000)]), "photo", 1e6).ok).toBe(
      true,
    );
    expect(admit(Buffer.concat([jpeg, ascii("PK\x05\x06")]), "photo", 1e6).ok).toBe(true);
  });
});

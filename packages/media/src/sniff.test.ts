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
  ])("is told by its first bytes (%#)", (bytes, format) => {
    expect(sniff(bytes)).toMatchObject({ format });
  });

  it.each([
    [iso("qt  "), "QuickTime (MOV)"],
    [ascii("\0\0\0\x08wide\0\0\0\0mdat"), "QuickTime (MOV)"],
    [ebml("matroska"), "Matroska (MKV)"],
    [iso("heic", "mif1"), "HEIC/HEIF"],
    [iso("mif1", "avif"), "AVIF"],
    [iso("avif"), "AVIF"],
    [ascii("GIF89a"), "GIF"],
    [ascii("%PDF-1.7"), "PDF"],
    [ascii("PK\x03\x04"), "ZIP"],
    [ascii("\xef\xbb\xbf<?xml version='1.0'?><svg/>"), "XML, SVG or HTML"],
    [ascii("  <SVG onload='x'>"), "XML, SVG or HTML"],
    [ascii("RIFF\0\0\0\0AVI LIST"), "AVI"],
  ])("that is not taken has a name (%#)", (bytes, name) => {
    expect(sniff(bytes)).toEqual({ kind: "unsupported", name });
    expect(admit(bytes, "photo", 1000)).toMatchObject({
      refusal: {
        code: "unsupported_format",
        message: `${name} is not taken as a photo; send JPEG, PNG or WebP`,
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
      refusal: { message: "WebM is not taken as a photo; send JPEG, PNG or WebP" },
    });
  });
});

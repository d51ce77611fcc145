import { Reader } from "./binary.ts";
import { docType } from "./clip/ebml.ts";
import type { ClipFormat, PhotoFormat } from "./formats.ts";

/** What a file is by its first bytes. Names and claimed types are never asked. */
export type Sniffed =
  | { readonly kind: "photo"; readonly format: PhotoFormat }
  | { readonly kind: "clip"; readonly format: ClipFormat }
  /** A PNG or WebP whose first bytes were changed on the way, as text conversion does. */
  | { readonly kind: "mangled"; readonly name: string }
  /** `name` ends the sentence "the file is …". */
  | { readonly kind: "unsupported"; readonly name: string }
  | { readonly kind: "unknown" };

/** Tells a file's kind by content, from its first few hundred bytes. */
export function sniff(bytes: Uint8Array): Sniffed {
  const r = new Reader(bytes);
  const head = r.ascii(0, 16);
  if (head.startsWith("\xff\xd8\xff")) return { kind: "photo", format: "jpeg" };
  if (head.startsWith("\x89PNG\r\n\x1a\n")) return { kind: "photo", format: "png" };
  if (head.slice(1, 4) === "PNG") return { kind: "mangled", name: "PNG" };
  if (head.startsWith("RIFF")) return sniffRiff(head.slice(8, 12));
  if (head.startsWith("\x1aE\xdf\xa3")) return sniffEbml(r);
  if (head.slice(4, 8) === "ftyp") return sniffIsoMedia(r);
  const named = SIGNATURES.find(([signature, at]) => r.ascii(at, signature.length) === signature);
  if (named) return unsupported(named[2]);
  // QuickTime before 2001 has no brand; its first box is one of these.
  if (["moov", "mdat", "wide", "skip"].includes(head.slice(4, 8)))
    return unsupported("an old QuickTime film (MOV without a brand)");
  return sniffText(r);
}

/** Kinds that people send by mistake or others on purpose, so that the refusal can say what arrived. */
const SIGNATURES: readonly (readonly [string, number, string])[] = [
  ["GIF8", 0, "a GIF"],
  ["BM", 0, "a BMP"],
  ["II*\0\x10\0\0\0CR", 0, "a camera's raw picture (CR2)"],
  ["II*\0", 0, "a TIFF"],
  ["MM\0*", 0, "a TIFF"],
  ["IIU\0", 0, "a camera's raw picture (RW2)"],
  ["FUJIFILM", 0, "a camera's raw picture (RAF)"],
  ["\xff\x0a", 0, "a JPEG XL"],
  ["\0\0\0\x0cJXL ", 0, "a JPEG XL"],
  ["\0\0\0\x0cjP  ", 0, "a JPEG 2000"],
  ["\xff\x4f\xff\x51", 0, "a JPEG 2000"],
  ["8BPS", 0, "a Photoshop file"],
  ["\0\0\x01\0", 0, "an icon"],
  ["%PDF", 0, "a PDF"],
  ["%!PS", 0, "a PostScript file"],
  ["{\\rtf", 0, "an RTF text"],
  ["\xd0\xcf\x11\xe0", 0, "an old Office document"],
  ["PK\x03\x04", 0, "a ZIP archive or an Office document"],
  ["PK\x05\x06", 0, "an empty ZIP archive"],
  ["Rar!", 0, "a RAR archive"],
  ["7z\xbc\xaf\x27\x1c", 0, "a 7z archive"],
  ["\x1f\x8b", 0, "a gzip archive"],
  ["\xfd7zXZ", 0, "an xz archive"],
  ["BZh", 0, "a bzip2 archive"],
  ["\x28\xb5\x2f\xfd", 0, "a Zstandard archive"],
  ["ustar", 257, "a tar archive"],
  ["MZ", 0, "a Windows program"],
  ["\x7fELF", 0, "a Linux program"],
  ["OggS", 0, "an Ogg file"],
  ["ID3", 0, "an MP3"],
  ["fLaC", 0, "a FLAC sound file"],
  ["FLV", 0, "a Flash film"],
  ["\x30\x26\xb2\x75", 0, "a Windows Media file"],
  ["\0\0\x01\xba", 0, "an MPEG film"],
  ["\0\0\x01\xb3", 0, "an MPEG film"],
];

function unsupported(name: string): Sniffed {
  return { kind: "unsupported", name };
}

function sniffText(r: Reader): Sniffed {
  const text = r.ascii(0, 1024).replace(/^\xef\xbb\xbf/, "");
  if (/^\s*<svg/i.test(text) || /^\s*<\?xml[^]*<svg/i.test(text)) return unsupported("an SVG");
  if (/^\s*(<!doctype html|<html|<head|<body|<script)/i.test(text))
    return unsupported("an HTML page");
  if (/^\s*<(\?xml|!doctype)/i.test(text)) return unsupported("an XML document");
  if (text.startsWith("#!")) return unsupported("a script");
  return { kind: "unknown" };
}

function sniffRiff(form: string): Sniffed {
  if (form === "WEBP") return { kind: "photo", format: "webp" };
  if (form === "AVI ") return unsupported("an AVI film");
  if (form === "WAVE") return unsupported("a WAV sound file");
  return { kind: "unknown" };
}

function sniffEbml(r: Reader): Sniffed {
  const type = docType(r);
  if (type === "webm") return { kind: "clip", format: "webm" };
  if (type === "matroska") return unsupported("a Matroska film (MKV)");
  return { kind: "unknown" };
}

const MP4_BRANDS =
  /^(iso[m2-9]|mp4[12]|avc1|dash|msdh|mp71|M4V |M4VH|M4VP|3gp[4-9]|3g2[abc]|cmfc)$/;

function sniffIsoMedia(r: Reader): Sniffed {
  const size = r.has(0, 4) ? Math.min(r.u32(0), 1024) : 0;
  const major = r.ascii(8, 4);
  const brands = [major];
  for (let at = 16; at + 4 <= size && r.has(at, 4); at += 4) brands.push(r.ascii(at, 4));
  if (major === "qt  ") return { kind: "clip", format: "mov" };
  if (major === "avis") return unsupported("an animated AVIF");
  if (/^(he[vm][cmsx]|msf1)$/.test(major)) return unsupported("a HEIF sequence of pictures");
  if (/^(avif|hei[cmsx]|mif1)$/.test(major)) return sniffHeif(brands);
  if (/^M4[AB] $/.test(major)) return unsupported("an M4A sound file");
  if (major === "crx ") return unsupported("a camera's raw picture (CR3)");
  if (brands.some((brand) => MP4_BRANDS.test(brand))) return { kind: "clip", format: "mp4" };
  return { kind: "unknown" };
}

/** `mif1` says only that it is HEIF; what it is coded in, another brand says. */
function sniffHeif(brands: readonly string[]): Sniffed {
  if (brands.includes("avif")) return { kind: "photo", format: "avif" };
  if (brands.some((brand) => /^hei[cx]$/.test(brand))) return { kind: "photo", format: "heic" };
  return unsupported("a HEIF that isn't coded as HEIC or AVIF");
}

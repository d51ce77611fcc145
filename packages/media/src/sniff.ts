import { Reader } from "./binary.ts";
import { docType } from "./clip/ebml.ts";

/** What a file is by its first bytes. Names and claimed types are never asked. */
export type Sniffed =
  | { readonly kind: "photo"; readonly format: "jpeg" | "png" | "webp" }
  | { readonly kind: "clip"; readonly format: "webm" | "mp4" }
  /** A PNG or WebP whose first bytes were changed on the way, as text conversion does. */
  | { readonly kind: "mangled"; readonly name: string }
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
  const named = SIGNATURES.find(([signature, at]) => head.startsWith(signature, at));
  if (named) return { kind: "unsupported", name: named[2] };
  // QuickTime before 2001 has no brand; its first box is one of these.
  if (["moov", "mdat", "wide", "skip"].includes(head.slice(4, 8)))
    return { kind: "unsupported", name: "QuickTime (MOV)" };
  if (/^\s*(<\?xml|<svg|<!doctype|<html)/i.test(r.ascii(0, 256).replace(/^\xef\xbb\xbf/, "")))
    return { kind: "unsupported", name: "XML, SVG or HTML" };
  return { kind: "unknown" };
}

/** Kinds that people send by mistake, so that the refusal can say what arrived. */
const SIGNATURES: readonly (readonly [string, number, string])[] = [
  ["GIF8", 0, "GIF"],
  ["BM", 0, "BMP"],
  ["II*\0", 0, "TIFF"],
  ["MM\0*", 0, "TIFF"],
  ["\xff\x0a", 0, "JPEG XL"],
  ["\0\0\0\x0cJXL ", 0, "JPEG XL"],
  ["\0\0\0\x0cjP  ", 0, "JPEG 2000"],
  ["%PDF", 0, "PDF"],
  ["PK\x03\x04", 0, "ZIP"],
  ["\x1f\x8b", 0, "gzip"],
  ["OggS", 0, "Ogg"],
  ["ID3", 0, "MP3"],
  ["FLV", 0, "Flash video"],
  ["\x30\x26\xb2\x75", 0, "Windows Media"],
];

function sniffRiff(form: string): Sniffed {
  if (form === "WEBP") return { kind: "photo", format: "webp" };
  if (form === "AVI ") return { kind: "unsupported", name: "AVI" };
  if (form === "WAVE") return { kind: "unsupported", name: "WAV sound" };
  return { kind: "unknown" };
}

function sniffEbml(r: Reader): Sniffed {
  const type = docType(r);
  if (type === "webm") return { kind: "clip", format: "webm" };
  if (type === "matroska") return { kind: "unsupported", name: "Matroska (MKV)" };
  return { kind: "unknown" };
}

const MP4_BRANDS =
  /^(iso[m2-9]|mp4[12]|avc1|dash|msdh|mp71|M4V |M4VH|M4VP|3gp[4-9]|3g2[abc]|cmfc)$/;

function sniffIsoMedia(r: Reader): Sniffed {
  const size = r.has(0, 4) ? Math.min(r.u32(0), 1024) : 0;
  const major = r.ascii(8, 4);
  const brands = [major];
  for (let at = 16; at + 4 <= size && r.has(at, 4); at += 4) brands.push(r.ascii(at, 4));
  if (major === "qt  ") return { kind: "unsupported", name: "QuickTime (MOV)" };
  if (/^avi[fs]$/.test(major)) return { kind: "unsupported", name: "AVIF" };
  if (/^(he[iv][cmsx]|mif1|msf1)$/.test(major))
    return { kind: "unsupported", name: brands.includes("avif") ? "AVIF" : "HEIC/HEIF" };
  if (/^M4[AB] $/.test(major)) return { kind: "unsupported", name: "M4A sound" };
  if (major === "crx ") return { kind: "unsupported", name: "Canon raw (CR3)" };
  if (brands.some((brand) => MP4_BRANDS.test(brand))) return { kind: "clip", format: "mp4" };
  return { kind: "unknown" };
}

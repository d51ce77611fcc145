import type { PreparedClip, PreparedPhoto } from "@secondlook/domain/evidence/prepared";

export type PhotoFormat = PreparedPhoto["format"];
export type ClipFormat = PreparedClip["format"];

/** What people call each format. */
export const FORMAT_NAMES: Readonly<Record<PhotoFormat | ClipFormat, string>> = {
  jpeg: "JPEG",
  png: "PNG",
  webp: "WebP",
  avif: "AVIF",
  heic: "HEIC",
  webm: "WebM",
  mp4: "MP4",
  mov: "MOV",
};

/** As IANA registers them. */
export const MEDIA_TYPES: Readonly<Record<PhotoFormat | ClipFormat, string>> = {
  jpeg: "image/jpeg",
  png: "image/png",
  webp: "image/webp",
  avif: "image/avif",
  heic: "image/heic",
  webm: "video/webm",
  mp4: "video/mp4",
  mov: "video/quicktime",
};

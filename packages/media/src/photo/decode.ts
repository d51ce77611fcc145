import type { MediaRefusal } from "@secondlook/domain/evidence/prepared";
import { ok, refuse, type Result } from "@secondlook/domain/result";
import sharp, { type Sharp } from "sharp";
import { FORMAT_NAMES, type PhotoFormat } from "../formats.ts";
import { photoLimits } from "../limits.ts";
import { damaged, truncated } from "../refusal.ts";
import { displayP3, type ProfiledPixels, withProfile } from "./assign-profile.ts";
import type { PhotoHeader } from "./header.ts";
import { decodeHeic } from "./heif/decode-heic.ts";
import { type HeifHeader, inspectHeif } from "./heif/inspect-heif.ts";
import { inspectJpeg } from "./jpeg.ts";
import { describeCutJpeg } from "./jpeg-cut.ts";
import { type Orientation, parseOrientation } from "./orientation.ts";
import { inspectPng } from "./png.ts";
import { type Raster, toRaster } from "./raster.ts";
import { inspectWebp } from "./webp.ts";

export interface DecodedPhoto {
  readonly orientation: Orientation;
  readonly raster: Raster;
}

type Header = PhotoHeader & { readonly unfinished?: boolean; readonly heif?: HeifHeader };

/** What transparent pixels are laid on: a grey that hides neither dark nor light hair. */
const BACKGROUND = "#808080";

/**
 * Decodes a photo whole or refuses it: its structure is walked first, its size is checked on the
 * header, then every pixel is decoded with warnings taken as errors. Comes back upright, in sRGB.
 */
export async function decodePhoto(
  bytes: Uint8Array,
  format: PhotoFormat,
): Promise<Result<DecodedPhoto, MediaRefusal>> {
  const inspected = await inspect(bytes, format);
  if (!inspected.ok) return inspected;
  const { width, height, unfinished, heif } = inspected.value;
  const limit = photoLimits.pixelsOf[format];
  if (width * height > limit)
    return refuse({
      code: "too_many_pixels",
      message: `the picture has ${width} × ${height} pixels, more than the ${limit / 1e6} megapixels that ${FORMAT_NAMES[format]} may have; send a smaller copy`,
    });
  if (unfinished) return truncated("JPEG", await describeCutJpeg(bytes, inspected.value));
  try {
    return ok(heif ? await decodeHeif(bytes, format, heif) : await decodeExif(bytes));
  } catch (error) {
    return explainFailure(bytes, format, inspected.value, error);
  }
}

async function inspect(
  bytes: Uint8Array,
  format: PhotoFormat,
): Promise<Result<Header, MediaRefusal>> {
  switch (format) {
    case "jpeg":
      return inspectJpeg(bytes);
    case "png":
      return inspectPng(bytes);
    case "webp":
      return inspectWebp(bytes);
    case "avif":
    case "heic": {
      const heif = inspectHeif(bytes, format);
      return heif.ok ? ok({ ...heif.value, heif: heif.value }) : heif;
    }
  }
}

/** JPEG, PNG and WebP say in EXIF how they are to be turned; sharp turns them. */
async function decodeExif(bytes: Uint8Array): Promise<DecodedPhoto> {
  const picture = open(bytes);
  const { orientation } = await picture.metadata();
  const raster = await toRaster(toSrgb(picture.autoOrient()));
  return { orientation: parseOrientation(orientation), raster };
}

/** AVIF and HEIC are turned by their decoders as their boxes say, and must not be turned again. */
async function decodeHeif(
  bytes: Uint8Array,
  format: PhotoFormat,
  header: HeifHeader,
): Promise<DecodedPhoto> {
  const { orientation, colour } = header;
  const profile = colour.profile ?? (colour.isP3 ? await displayP3() : undefined);
  if (format === "avif" && !colour.isP3)
    return { orientation, raster: await toRaster(toSrgb(open(bytes))) };
  const pixels =
    format === "heic" ? decodeHeic(bytes) : await toPixels(open(bytes).toColourspace("srgb"));
  // Greys are the same in all of them.
  if (!pixels) return { orientation, raster: await toRaster(toSrgb(open(bytes))) };
  if (profile)
    return {
      orientation,
      raster: await withProfile(pixels, profile, (picture) => toRaster(toSrgb(picture))),
    };
  const { data, width, height, channels } = pixels;
  if (channels === 3) return { orientation, raster: { data, width, height, channels } };
  const bare = sharp(data, { raw: { width, height, channels }, limitInputPixels: false });
  return { orientation, raster: await toRaster(toSrgb(bare)) };
}

function open(bytes: Uint8Array): Sharp {
  return sharp(bytes, { failOn: "warning", limitInputPixels: photoLimits.pixelsOf.jpeg });
}

function toSrgb(picture: Sharp): Sharp {
  return picture.flatten({ background: BACKGROUND }).toColourspace("srgb");
}

async function toPixels(picture: Sharp): Promise<ProfiledPixels | undefined> {
  const { data, info } = await picture.raw().toBuffer({ resolveWithObject: true });
  const { width, height, channels } = info;
  return channels === 3 || channels === 4 ? { data, width, height, channels } : undefined;
}

async function explainFailure(
  bytes: Uint8Array,
  format: PhotoFormat,
  header: PhotoHeader,
  error: unknown,
): Promise<Result<never, MediaRefusal>> {
  const text = error instanceof Error ? error.message : "";
  // The decoder ran out of data although the file has its end mark: a piece is gone from the middle.
  if (format === "jpeg" && /premature end/i.test(text))
    return truncated("JPEG", await describeCutJpeg(bytes, header));
  return damaged(FORMAT_NAMES[format], "has picture data that can't be decoded");
}

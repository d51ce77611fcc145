import type { MediaRefusal, PreparedPhoto } from "@secondlook/domain/evidence/prepared";
import { ok, refuse, type Result } from "@secondlook/domain/result";
import sharp from "sharp";
import { photoLimits } from "../limits.ts";
import { damaged, truncated } from "../refusal.ts";
import type { PhotoHeader } from "./header.ts";
import { inspectJpeg } from "./jpeg.ts";
import { describeCutJpeg } from "./jpeg-cut.ts";
import { type Orientation, parseOrientation } from "./orientation.ts";
import { inspectPng } from "./png.ts";
import { type Raster, toRaster } from "./raster.ts";
import { inspectWebp } from "./webp.ts";

export type PhotoFormat = PreparedPhoto["format"];

export interface DecodedPhoto {
  readonly orientation: Orientation;
  readonly raster: Raster;
}

const NAMES: Readonly<Record<PhotoFormat, string>> = { jpeg: "JPEG", png: "PNG", webp: "WebP" };

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
  const { width, height, unfinished } = inspected.value;
  if (width * height > photoLimits.pixels)
    return refuse({
      code: "too_many_pixels",
      message: `the picture has ${width} × ${height} pixels, more than 50 megapixels; send a smaller copy`,
    });
  if (unfinished) return truncated("JPEG", await describeCutJpeg(bytes, inspected.value));
  try {
    const picture = sharp(bytes, { failOn: "warning", limitInputPixels: photoLimits.pixels });
    const { orientation } = await picture.metadata();
    const raster = await toRaster(
      picture.autoOrient().flatten({ background: BACKGROUND }).toColourspace("srgb"),
    );
    return ok({ orientation: parseOrientation(orientation), raster });
  } catch (error) {
    return explainFailure(bytes, format, inspected.value, error);
  }
}

async function inspect(
  bytes: Uint8Array,
  format: PhotoFormat,
): Promise<Result<PhotoHeader & { readonly unfinished?: boolean }, MediaRefusal>> {
  switch (format) {
    case "jpeg":
      return inspectJpeg(bytes);
    case "png":
      return inspectPng(bytes);
    case "webp":
      return inspectWebp(bytes);
  }
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
  return damaged(NAMES[format], "has picture data that can't be decoded");
}

import sharp, { type Sharp } from "sharp";
import type { PixelArea } from "./face-crop.ts";

/** Decoded pixels, upright, 8 bits a channel, sRGB, no alpha. */
export interface Raster {
  readonly data: Uint8Array;
  readonly width: number;
  readonly height: number;
  readonly channels: 1 | 3;
}

/** Runs a sharp pipeline to its pixels. Anything but one or three channels is a bug of the pipeline. */
export async function toRaster(pipeline: Sharp): Promise<Raster> {
  const { data, info } = await pipeline.raw().toBuffer({ resolveWithObject: true });
  if (info.channels !== 1 && info.channels !== 3)
    throw new Error(`Pictures are brought to 1 or 3 channels, not ${info.channels}.`);
  return { data, width: info.width, height: info.height, channels: info.channels };
}

/** A sharp pipeline that starts from decoded pixels. */
export function fromRaster(raster: Raster): Sharp {
  const { width, height, channels } = raster;
  return sharp(raster.data, { raw: { width, height, channels }, limitInputPixels: false });
}

/** Cuts out an area. */
export async function crop(raster: Raster, area: PixelArea): Promise<Raster> {
  return toRaster(fromRaster(raster).extract(area));
}

/** Scales down so that the longest side has at most `side` pixels; never up. */
export async function fitSide(raster: Raster, side: number): Promise<Raster> {
  if (Math.max(raster.width, raster.height) <= side) return raster;
  return toRaster(fromRaster(raster).resize(side, side, { fit: "inside" }));
}

/** Scales down so that there are at most `pixels` in all; never up. */
export async function fitPixels(raster: Raster, pixels: number): Promise<Raster> {
  if (raster.width * raster.height <= pixels) return raster;
  const ratio = Math.sqrt(pixels / (raster.width * raster.height));
  const width = Math.max(1, Math.floor(raster.width * ratio));
  const height = Math.max(1, Math.floor(raster.height * ratio));
  return toRaster(fromRaster(raster).resize(width, height, { fit: "fill" }));
}

/** The mean of the pixels' luma, 0 to 255. */
export function meanLuma({ data, channels }: Raster): number {
  let sum = 0;
  for (let i = 0; i + channels <= data.length; i += channels) sum += lumaAt(data, i, channels);
  return sum / (data.length / channels);
}

/** The share of pixels with less luma than this, 0 to 1. */
export function shareDarker({ data, channels }: Raster, luma: number): number {
  let darker = 0;
  for (let i = 0; i + channels <= data.length; i += channels)
    if (lumaAt(data, i, channels) < luma) darker += 1;
  return darker / (data.length / channels);
}

/** Rec. 709 luma of a gamma-coded pixel. */
function lumaAt(data: Uint8Array, i: number, channels: number): number {
  return channels === 1
    ? (data[i] ?? 0)
    : 0.2126 * (data[i] ?? 0) + 0.7152 * (data[i + 1] ?? 0) + 0.0722 * (data[i + 2] ?? 0);
}

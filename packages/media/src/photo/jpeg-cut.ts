import sharp from "sharp";
import type { PhotoHeader } from "./header.ts";
import { type Raster, toRaster } from "./raster.ts";
import { percent } from "../refusal.ts";

/**
 * Says how much of a cut JPEG's picture came, as the end of the sentence "the JPEG …". The decoder
 * fills what is missing with one flat colour, so the rows that are flat at the bottom are counted.
 */
export async function describeCutJpeg(bytes: Uint8Array, header: PhotoHeader): Promise<string> {
  // A progressive picture is there from top to bottom at once, only coarse: rows tell nothing.
  if (header.coarseFirst) return "ends before its picture is complete";
  try {
    const raster = await toRaster(sharp(bytes, { failOn: "none" }).toColourspace("srgb"));
    const there = percent(raster.height - flatRows(raster), raster.height);
    // What is missing and what is as even as a wall look alike.
    return there < 99
      ? `ends too early, and below ${there} % of its height shows one flat colour`
      : "ends before its picture is complete";
  } catch {
    return "ends before its picture is complete";
  }
}

/** Rows at the bottom in which every pixel is the picture's last pixel. */
function flatRows({ data, width, height, channels }: Raster): number {
  const last = data.subarray(data.length - channels);
  const isFlat = (row: number): boolean => {
    const start = row * width * channels;
    for (let i = 0; i < width * channels; i += 1)
      if (data[start + i] !== last[i % channels]) return false;
    return true;
  };
  let rows = 0;
  while (rows < height && isFlat(height - 1 - rows)) rows += 1;
  return rows;
}

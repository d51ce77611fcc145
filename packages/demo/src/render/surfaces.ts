import type { FaceTexture } from "../head/face-texture.ts";
import type { Rotation } from "./camera.ts";
import { clamp, type Rgb } from "./math.ts";
import type { Noise } from "./noise.ts";
import { materialNumber, type PixelSheet } from "./raster.ts";

export interface Palette {
  readonly skin: Rgb;
  readonly hair: Rgb;
  readonly cloth: Rgb;
  readonly scarf: Rgb;
  readonly frame: Rgb;
}

/** What decides how the surfaces of a picture look before they are lit. */
export interface Surfaces {
  readonly sheet: PixelSheet;
  readonly rotation: Rotation;
  readonly texture: FaceTexture;
  readonly palette: Palette;
  readonly noise: Noise;
  readonly curl: number;
}

/**
 * One spot to be lit. A picture has only one of these, filled in anew for each pixel: numbers given
 * to a function or returned by it are put on the heap by V8 wherever it doesn't inline the function.
 */
export interface SurfaceSpot {
  /** Its place in the room. */
  x: number;
  y: number;
  z: number;
  /** Its direction, not yet of length 1. */
  nx: number;
  ny: number;
  nz: number;
  /** Linear light that it gives back. */
  r: number;
  g: number;
  b: number;
  /** 0 dull … 1 shining. */
  gloss: number;
  /** How much of the room's light reaches it. */
  sky: number;
  /** How far light goes round it, as through skin. */
  wrap: number;
}

/** With fractions, so that V8 keeps its numbers as such from the first on. */
export const createSurfaceSpot = (): SurfaceSpot => ({
  x: 0.5,
  y: 0.5,
  z: 0.5,
  nx: 0.5,
  ny: 0.5,
  nz: 0.5,
  r: 0.5,
  g: 0.5,
  b: 0.5,
  gloss: 0.5,
  sky: 0.5,
  wrap: 0.5,
});

export const FACE = materialNumber("face");
const SKIN = materialNumber("skin");
const CLOTH = materialNumber("cloth");
const SCARF = materialNumber("scarf");
export const HAIR = materialNumber("hair");

/** Fills in a spot from the sheet's `pixel`, whose place in the room it holds already. */
export function readSurface(
  surfaces: Surfaces,
  material: number,
  pixel: number,
  spot: SurfaceSpot,
): void {
  const { data } = surfaces.sheet;
  const at = pixel * 6;
  spot.nx = data[at] ?? 0;
  spot.ny = data[at + 1] ?? 0;
  spot.nz = data[at + 2] ?? 0;
  switch (material) {
    case FACE:
      return readFace(surfaces, at, spot);
    case SKIN:
      return readSkin(surfaces, at, spot);
    case CLOTH:
      return readCloth(surfaces, at, spot);
    case HAIR:
      return readHair(surfaces, at, spot);
    case SCARF:
      return readScarf(surfaces, at, spot);
    default:
      colour(spot, surfaces.palette.frame, 1);
      spot.gloss = 0.9;
      spot.sky = 1;
      spot.wrap = 0;
  }
}

function colour(spot: SurfaceSpot, rgb: Rgb, tone: number): void {
  spot.r = rgb[0] * tone;
  spot.g = rgb[1] * tone;
  spot.b = rgb[2] * tone;
}

const sample = new Float32Array(8);

function readFace({ sheet, texture, rotation: m }: Surfaces, at: number, spot: SurfaceSpot): void {
  const u = sheet.data[at + 3] ?? 0,
    v = sheet.data[at + 4] ?? 0;
  // Five paint values and three of the direction, blended between the texture's spots.
  blend(texture.paint, texture.width, texture.height, 5, u, v, sample, 0);
  blend(texture.normals, texture.normalWidth, texture.normalHeight, 3, u, v, sample, 5);
  spot.r = sample[0] ?? 0;
  spot.g = sample[1] ?? 0;
  spot.b = sample[2] ?? 0;
  spot.gloss = sample[3] ?? 0;
  spot.sky = sample[4] ?? 0;
  spot.wrap = 1;
  if (u > 0.02 && u < 0.98 && v > 0.004) {
    const tx = sample[5] ?? 0,
      ty = sample[6] ?? 0,
      tz = sample[7] ?? 0;
    spot.nx = m[0] * tx + m[1] * ty + m[2] * tz;
    spot.ny = m[3] * tx + m[4] * ty + m[5] * tz;
    spot.nz = m[6] * tx + m[7] * ty + m[8] * tz;
  }
}

function readSkin({ sheet, palette, noise }: Surfaces, at: number, spot: SurfaceSpot): void {
  const { x, y, z } = spot;
  const u = sheet.data[at + 3] ?? 0;
  const grain = 1 + noise.cloud(x * 0.8 + 9, y * 0.8) * 0.06 + noise.grain(x * 7, y * 7 + z) * 0.03;
  colour(spot, palette.skin, grain);
  spot.g *= 1 - u * 0.16;
  spot.b *= 1 - u * 0.12;
  spot.gloss = 0.2;
  spot.sky = sheet.data[at + 5] ?? 0;
  spot.wrap = 1;
}

function readCloth({ sheet, palette, noise }: Surfaces, at: number, spot: SurfaceSpot): void {
  const { x, y } = spot;
  const v = sheet.data[at + 4] ?? 0;
  // The first rows are the hem of the neckline.
  const weave =
    (v < 0.045 ? 0.8 : 1) +
    noise.grain(x * 9, y * 9) * 0.05 +
    noise.cloud(x * 0.35, y * 0.25) * 0.16;
  colour(spot, palette.cloth, weave);
  const crease = noise.cloud(x * 0.22 + 3, y * 0.3) * 0.35;
  spot.nx += crease * 0.6;
  spot.ny += crease * 0.3;
  spot.gloss = 0.03;
  spot.sky = sheet.data[at + 5] ?? 0;
  spot.wrap = 0;
}

function readHair({ sheet, palette, noise, curl }: Surfaces, at: number, spot: SurfaceSpot): void {
  const u = sheet.data[at + 3] ?? 0,
    v = sheet.data[at + 4] ?? 0,
    w = sheet.data[at + 5] ?? 0;
  const strand = noise.strand(u * 12, v * 0.2) * 1.2;
  const clump = curl > 0.35 ? noise.grain(u * 26, v * 3.6) * 1.1 * curl : 0;
  colour(spot, palette.hair, clamp(0.92 + strand * 0.55 + clump * 0.75, 0.25, 1.8));
  spot.nx += strand * 0.28 + clump * 0.5;
  spot.ny += clump * 0.4;
  spot.gloss = (0.42 - curl * 0.34) * (0.6 + strand);
  spot.sky = clamp(0.62 + w * 0.12, 0.5, 1);
  spot.wrap = 0;
}

function readScarf({ sheet, palette, noise }: Surfaces, at: number, spot: SurfaceSpot): void {
  const u = sheet.data[at + 3] ?? 0,
    v = sheet.data[at + 4] ?? 0,
    w = sheet.data[at + 5] ?? 0;
  const weave =
    1 + noise.grain(spot.x * 10, spot.y * 10) * 0.03 + noise.cloud(u * 3, v * 0.3) * 0.08;
  colour(spot, palette.scarf, weave);
  spot.gloss = 0.05;
  spot.sky = clamp(0.55 + w * 0.5, 0.5, 1);
  spot.wrap = 0.4;
}

/** Blends `parts` numbers a spot between the four spots about a place, and writes them from `offset` on. */
function blend(
  from: Float32Array,
  width: number,
  height: number,
  parts: number,
  u: number,
  v: number,
  out: Float32Array,
  offset: number,
): void {
  const fx = clamp(u * (width - 1), 0, width - 1.001);
  const fy = clamp(v * (height - 1), 0, height - 1.001);
  const x = fx | 0,
    y = fy | 0;
  const tx = fx - x,
    ty = fy - y;
  const i = (y * width + x) * parts;
  const below = i + width * parts;
  const a = (1 - tx) * (1 - ty),
    b = tx * (1 - ty),
    c = (1 - tx) * ty,
    d = tx * ty;
  for (let k = 0; k < parts; k += 1) {
    out[offset + k] =
      a * (from[i + k] ?? 0) +
      b * (from[i + parts + k] ?? 0) +
      c * (from[below + k] ?? 0) +
      d * (from[below + parts + k] ?? 0);
  }
}

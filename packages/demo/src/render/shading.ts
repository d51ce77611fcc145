import type { Light } from "../people/capture.ts";
import { planeZ, type Camera } from "./camera.ts";
import { develop } from "./develop.ts";
import { mix, smoothstep, type Rgb } from "./math.ts";
import type { ShadowMap } from "./shadow.ts";
import {
  createSurfaceSpot,
  FACE,
  HAIR,
  readSurface,
  type SurfaceSpot,
  type Surfaces,
} from "./surfaces.ts";

export interface Scene extends Surfaces {
  readonly camera: Camera;
  readonly light: Light;
  readonly shadows: ShadowMap;
}

/** Direction of the main lamp: a unit vector from the head. */
export function lampDirection(light: Light): readonly [number, number, number] {
  const a = (light.azimuth * Math.PI) / 180;
  const e = (light.elevation * Math.PI) / 180;
  return [Math.sin(a) * Math.cos(e), Math.sin(e), Math.cos(a) * Math.cos(e)];
}

const soften = (facing: number, width: number): number =>
  facing + width <= 0 ? 0 : (facing + width) / (1 + width);

/** What is the same for every pixel of a picture. */
interface Lighting extends Scene {
  readonly lamp: readonly [number, number, number];
  readonly keyRgb: Rgb;
  readonly fillRgb: Rgb;
}

/** Lights every pixel of the sheet and writes 8-bit RGB over the background in `pixels`. */
export function shade(scene: Scene, pixels: Uint8Array): void {
  const { light } = scene;
  const warm = light.warmth;
  const key = (0.5 + light.contrast * 1.35) * light.exposure;
  const fill = (1.02 - light.contrast * 0.66) * light.exposure;
  const lighting: Lighting = {
    ...scene,
    lamp: lampDirection(light),
    keyRgb: [key * (1 + warm * 0.1), key, key * (1 - warm * 0.2)],
    fillRgb: [fill * (1 + warm * 0.02), fill, fill * (1 + 0.05 - warm * 0.06)],
  };
  for (let y = 0; y < scene.sheet.height; y += 1) shadeRow(lighting, y, pixels);
}

const spot = createSurfaceSpot();

/** A row is a function of its own: V8 compiles that well, and a loop in a loop over and over. */
function shadeRow(lighting: Lighting, y: number, pixels: Uint8Array): void {
  const { sheet, camera } = lighting;
  const { width } = sheet;
  const perPixel = 100 / (camera.scale * camera.distance);
  for (let x = 0; x < width; x += 1) {
    const pixel = y * width + x;
    const material = sheet.material[pixel] ?? 0;
    if (material === 0) continue;
    const near = sheet.near[pixel] ?? 1;
    spot.x = ((x - camera.centerX) * perPixel) / near;
    spot.y = ((camera.centerY - y) * perPixel) / near;
    spot.z = camera.distance + planeZ - 100 / near;
    readSurface(lighting, material, pixel, spot);
    lightSpot(lighting, material, spot);
    pixels[pixel * 3] = develop(spot.r);
    pixels[pixel * 3 + 1] = develop(spot.g);
    pixels[pixel * 3 + 2] = develop(spot.b);
  }
}

/** Turns what a spot gives back of white light into what it gives back of this picture's light. */
function lightSpot(lighting: Lighting, material: number, spot: SurfaceSpot): void {
  const { camera, shadows, keyRgb, fillRgb } = lighting;
  const [lx, ly, lz] = lighting.lamp;
  const { x: px, y: py, z: pz, gloss, sky, wrap } = spot;
  let { nx, ny, nz } = spot;
  const hairy = material === HAIR;
  const shorter = 1 / (Math.sqrt(nx * nx + ny * ny + nz * nz) || 1);
  nx *= shorter;
  ny *= shorter;
  nz *= shorter;
  // Eye direction; the lens is far enough to take its middle.
  const reach = camera.distance - pz + 8.5;
  const nearer = 1 / Math.sqrt(px * px + py * py + reach * reach);
  const vx = -px * nearer,
    vy = -py * nearer,
    vz = reach * nearer;
  let seen = nx * vx + ny * vy + nz * vz;
  if (seen < 0 && material !== FACE) {
    nx = -nx;
    ny = -ny;
    nz = -nz;
    seen = -seen;
  }
  spot.nx = nx;
  spot.ny = ny;
  spot.nz = nz;
  const facing = nx * lx + ny * ly + nz * lz;
  // What faces away gets no light of the lamp anyway.
  const lit = facing < -0.35 ? 0 : shadows.lit(spot);
  const hx = lx + vx,
    hy = ly + vy,
    hz = lz + vz;
  const half = Math.sqrt(hx * hx + hy * hy + hz * hz) || 1;
  let shine: number;
  if (hairy) {
    // Strands run down the head; they shine across their direction (Kajiya and Kay 1989).
    const along = -ny;
    const tx = -nx * along,
      ty = -1 - ny * along,
      tz = -nz * along;
    const tl = Math.sqrt(tx * tx + ty * ty + tz * tz) || 1;
    const dot = (tx * hx + ty * hy + tz * hz) / (tl * half);
    const across2 = Math.max(0, 1 - dot * dot);
    const across8 = across2 * across2 * across2 * across2;
    shine =
      Math.min(0.13, gloss * 0.34) * across8 * across8 * across8 * across8 * across8 * across8;
  } else {
    const nh = Math.max(0, (nx * hx + ny * hy + nz * hz) / half);
    const nh4 = nh * nh * nh * nh;
    const nh16 = nh4 * nh4 * nh4 * nh4;
    shine = gloss * (0.11 * nh16 + 0.2 * nh16 * nh16 * nh16);
  }
  shine *= lit * (facing > -0.1 ? 1 : 0);
  const edge = 1 - Math.max(0, seen);
  const rim = edge * edge * edge * 0.1 * (hairy ? 1.2 : wrap);
  // Light of the room: more from above and from the side of the lens.
  const hemisphere = 0.56 + 0.24 * ny + 0.22 * seen;
  // Light goes some way through skin, red furthest: its terminator is soft and warm.
  const shadowRed = wrap > 0 ? mix(lit, Math.sqrt(lit), 0.5) : lit;
  const amb = hemisphere * sky;
  const dr = soften(facing, 0.42 * wrap) * shadowRed;
  const dg = soften(facing, 0.24 * wrap) * lit;
  const db = soften(facing, 0.17 * wrap) * lit;
  const occluded = smoothstep(0, 0.8, sky) * 0.5 + 0.5;
  spot.r = spot.r * (fillRgb[0] * (amb + rim) + keyRgb[0] * dr * occluded) + shine * keyRgb[0];
  spot.g = spot.g * (fillRgb[1] * (amb + rim) + keyRgb[1] * dg * occluded) + shine * keyRgb[1];
  spot.b = spot.b * (fillRgb[2] * (amb + rim) + keyRgb[2] * db * occluded) + shine * keyRgb[2];
}

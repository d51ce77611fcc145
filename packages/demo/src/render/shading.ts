import type { FaceTexture } from "../head/face-texture.ts";
import type { Light } from "../people/capture.ts";
import { planeZ, type Camera, type Rotation } from "./camera.ts";
import { develop } from "./develop.ts";
import { clamp, mix, smoothstep, type Rgb } from "./math.ts";
import type { Noise } from "./noise.ts";
import type { PixelSheet } from "./raster.ts";
import type { ShadowMap } from "./shadow.ts";

export interface Palette {
  readonly skin: Rgb;
  readonly hair: Rgb;
  readonly cloth: Rgb;
  readonly scarf: Rgb;
  readonly frame: Rgb;
}

export interface Scene {
  readonly sheet: PixelSheet;
  readonly camera: Camera;
  readonly rotation: Rotation;
  readonly texture: FaceTexture;
  readonly palette: Palette;
  readonly light: Light;
  readonly shadows: ShadowMap;
  readonly noise: Noise;
  readonly curl: number;
}

/** Direction of the main lamp: a unit vector from the head. */
export function lampDirection(light: Light): readonly [number, number, number] {
  const a = (light.azimuth * Math.PI) / 180;
  const e = (light.elevation * Math.PI) / 180;
  return [Math.sin(a) * Math.cos(e), Math.sin(e), Math.cos(a) * Math.cos(e)];
}

const soften = (facing: number, width: number): number =>
  facing + width <= 0 ? 0 : (facing + width) / (1 + width);

/** Lights every pixel of the sheet and writes 8-bit RGB over the background in `pixels`. */
export function shade(scene: Scene, pixels: Uint8Array): void {
  const { sheet, texture, palette, light, camera, rotation: m, noise } = scene;
  const [lx, ly, lz] = lampDirection(light);
  const warm = light.warmth;
  const key = (0.5 + light.contrast * 1.35) * light.exposure;
  const fill = (1.02 - light.contrast * 0.66) * light.exposure;
  const keyRgb = [key * (1 + warm * 0.1), key, key * (1 - warm * 0.2)] as const;
  const fillRgb = [fill * (1 + warm * 0.02), fill, fill * (1 + 0.05 - warm * 0.06)] as const;
  const sample = new Float32Array(8);
  const perPixel = 100 / (camera.scale * camera.distance);
  const [m0, m1, m2, m3, m4, m5, m6, m7, m8] = m;
  let r = 0,
    g = 0,
    b = 0,
    gloss = 0,
    sky = 1;
  for (let y = 0; y < sheet.height; y += 1) {
    for (let x = 0; x < sheet.width; x += 1) {
      const pixel = y * sheet.width + x;
      const material = sheet.material[pixel] ?? 0;
      const to = pixel * 3;
      if (material === 0) continue;
      const at = pixel * 6;
      let nx = sheet.data[at] ?? 0,
        ny = sheet.data[at + 1] ?? 0,
        nz = sheet.data[at + 2] ?? 0;
      const u = sheet.data[at + 3] ?? 0,
        v = sheet.data[at + 4] ?? 0,
        w = sheet.data[at + 5] ?? 0;
      const near = sheet.near[pixel] ?? 1;
      const px = ((x - camera.centerX) * perPixel) / near,
        py = ((camera.centerY - y) * perPixel) / near,
        pz = camera.distance + planeZ - 100 / near;
      let wrap = 0;
      let hairy = false;
      switch (material) {
        case 1: {
          sampleTexture(texture, u, v, sample);
          r = sample[0] ?? 0;
          g = sample[1] ?? 0;
          b = sample[2] ?? 0;
          gloss = sample[3] ?? 0;
          sky = sample[4] ?? 0;
          if (u > 0.02 && u < 0.98 && v > 0.004) {
            const tx = sample[5] ?? 0,
              ty = sample[6] ?? 0,
              tz = sample[7] ?? 0;
            nx = m0 * tx + m1 * ty + m2 * tz;
            ny = m3 * tx + m4 * ty + m5 * tz;
            nz = m6 * tx + m7 * ty + m8 * tz;
          }
          wrap = 1;
          break;
        }
        case 2: {
          const grain =
            1 + noise.cloud(px * 0.8 + 9, py * 0.8) * 0.06 + noise.at(px * 7, py * 7 + pz) * 0.03;
          r = palette.skin[0] * grain;
          g = palette.skin[1] * grain * (1 - u * 0.16);
          b = palette.skin[2] * grain * (1 - u * 0.12);
          gloss = 0.2;
          sky = w;
          wrap = 1;
          break;
        }
        case 3: {
          // The first rows are the hem of the neckline.
          const weave =
            (v < 0.045 ? 0.8 : 1) +
            noise.at(px * 9, py * 9) * 0.05 +
            noise.cloud(px * 0.35, py * 0.25) * 0.16;
          r = palette.cloth[0] * weave;
          g = palette.cloth[1] * weave;
          b = palette.cloth[2] * weave;
          const crease = noise.cloud(px * 0.22 + 3, py * 0.3) * 0.35;
          nx += crease * 0.6;
          ny += crease * 0.3;
          gloss = 0.03;
          sky = w;
          break;
        }
        case 4: {
          hairy = true;
          const strand =
            noise.at(u * 34, v * 0.35) * 0.5 +
            noise.at(u * 91 + 7, v * 0.8) * 0.35 +
            noise.at(u * 12 + 3, v * 0.2) * 0.35;
          const clump =
            scene.curl > 0.35
              ? (noise.at(u * 26, v * 3.6) * 0.6 + noise.at(u * 60, v * 8) * 0.5) * scene.curl
              : 0;
          const tone = clamp(0.92 + strand * 0.55 + clump * 0.75, 0.25, 1.8);
          r = palette.hair[0] * tone;
          g = palette.hair[1] * tone;
          b = palette.hair[2] * tone;
          nx += strand * 0.28 + clump * 0.5;
          ny += clump * 0.4;
          gloss = (0.42 - scene.curl * 0.34) * (0.6 + strand);
          sky = clamp(0.62 + w * 0.12, 0.5, 1);
          break;
        }
        case 5: {
          const weave = 1 + noise.at(px * 10, py * 10) * 0.03 + noise.cloud(u * 3, v * 0.3) * 0.08;
          r = palette.scarf[0] * weave;
          g = palette.scarf[1] * weave;
          b = palette.scarf[2] * weave;
          gloss = 0.05;
          sky = clamp(0.55 + w * 0.5, 0.5, 1);
          wrap = 0.4;
          break;
        }
        default:
          r = palette.frame[0];
          g = palette.frame[1];
          b = palette.frame[2];
          gloss = 0.9;
          sky = 1;
      }
      const length = Math.sqrt(nx * nx + ny * ny + nz * nz) || 1;
      nx /= length;
      ny /= length;
      nz /= length;
      // Eye direction; the lens is far enough to take its middle.
      const reach = camera.distance - pz + 8.5;
      const away = Math.sqrt(px * px + py * py + reach * reach);
      const vx = -px / away,
        vy = -py / away,
        vz = reach / away;
      if (nx * vx + ny * vy + nz * vz < 0 && material !== 1) {
        nx = -nx;
        ny = -ny;
        nz = -nz;
      }
      const facing = nx * lx + ny * ly + nz * lz;
      // What faces away gets no light of the lamp anyway.
      const lit =
        facing < -0.35 ? 0 : scene.shadows.lit(px + nx * 0.25, py + ny * 0.25, pz + nz * 0.25);
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
      const edge = 1 - Math.max(0, nx * vx + ny * vy + nz * vz);
      const rim = edge * edge * edge * 0.1 * (hairy ? 1.2 : wrap);
      // Light of the room: more from above and from the side of the lens.
      const hemisphere = 0.56 + 0.24 * ny + 0.22 * (nx * vx + ny * vy + nz * vz);
      // Light goes some way through skin, red furthest: its terminator is soft and warm.
      const shadowRed = wrap > 0 ? mix(lit, Math.sqrt(lit), 0.5) : lit;
      const amb = hemisphere * sky;
      const dr = soften(facing, 0.42 * wrap) * shadowRed;
      const dg = soften(facing, 0.24 * wrap) * lit;
      const db = soften(facing, 0.17 * wrap) * lit;
      const occluded = smoothstep(0, 0.8, sky) * 0.5 + 0.5;
      pixels[to] = develop(
        r * (fillRgb[0] * (amb + rim) + keyRgb[0] * dr * occluded) + shine * keyRgb[0],
      );
      pixels[to + 1] = develop(
        g * (fillRgb[1] * (amb + rim) + keyRgb[1] * dg * occluded) + shine * keyRgb[1],
      );
      pixels[to + 2] = develop(
        b * (fillRgb[2] * (amb + rim) + keyRgb[2] * db * occluded) + shine * keyRgb[2],
      );
    }
  }
}

/** Five paint values and three normal values at a place of the texture, blended between spots. */
function sampleTexture(texture: FaceTexture, u: number, v: number, out: Float32Array): void {
  blend(texture.paint, texture.width, texture.height, 5, u, v, out, 0);
  blend(texture.normals, texture.normalWidth, texture.normalHeight, 3, u, v, out, 5);
}

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

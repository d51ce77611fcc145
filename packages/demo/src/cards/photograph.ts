import type { Random } from "../people/random.ts";
import type { RawPicture } from "../pictures/finish.ts";
import { addGrain } from "../pictures/grain.ts";
import { clamp, fall, linearRgb, smoothstep, type Rgb } from "../render/math.ts";
import { createNoise } from "../render/noise.ts";

export interface Table {
  readonly width: number;
  readonly height: number;
  /** How slanted the phone is held: 0 straight … 1 much. */
  readonly slant: number;
  /** Degrees, clockwise. */
  readonly turn: number;
  /** 1 right … 0.2 a dark room. */
  readonly exposure: number;
  /** Strength of the lamp's reflection: 0 none … 1 hides what is under it. */
  readonly glare: number;
  readonly noise: number;
}

type Point = readonly [number, number];
type Matrix = readonly [number, number, number, number, number, number, number, number, number];

/** The projection that takes the unit square to a quadrangle (Heckbert 1989, section 2.2.3). */
export function squareToQuad([p0, p1, p2, p3]: readonly [Point, Point, Point, Point]): Matrix {
  const dx1 = p1[0] - p2[0];
  const dx2 = p3[0] - p2[0];
  const dx3 = p0[0] - p1[0] + p2[0] - p3[0];
  const dy1 = p1[1] - p2[1];
  const dy2 = p3[1] - p2[1];
  const dy3 = p0[1] - p1[1] + p2[1] - p3[1];
  const det = dx1 * dy2 - dx2 * dy1;
  const g = (dx3 * dy2 - dx2 * dy3) / det;
  const h = (dx1 * dy3 - dx3 * dy1) / det;
  return [
    p1[0] - p0[0] + g * p1[0],
    p3[0] - p0[0] + h * p3[0],
    p0[0],
    p1[1] - p0[1] + g * p1[1],
    p3[1] - p0[1] + h * p3[1],
    p0[1],
    g,
    h,
    1,
  ];
}

export function invert([a, b, c, d, e, f, g, h, i]: Matrix): Matrix {
  return [
    e * i - f * h,
    c * h - b * i,
    b * f - c * e,
    f * g - d * i,
    a * i - c * g,
    c * d - a * f,
    d * h - e * g,
    b * g - a * h,
    a * e - b * d,
  ];
}

export function project(m: Matrix, x: number, y: number): Point {
  const w = m[6] * x + m[7] * y + m[8];
  return [(m[0] * x + m[1] * y + m[2]) / w, (m[3] * x + m[4] * y + m[5]) / w];
}

const desks: readonly [Rgb, ...Rgb[]] = [
  linearRgb(112, 84, 62),
  linearRgb(64, 66, 72),
  linearRgb(168, 160, 150),
  linearRgb(92, 58, 44),
  linearRgb(52, 70, 66),
];
/** Light falling on a card, in 512ths, as a factor on its 8-bit values: light is linear, they are not. */
const lightTable = Float32Array.from({ length: 1025 }, (_, i) => (i / 512) ** (1 / 2.2));

/** Photographs a flat card on a table; `card.face` moves to where the face comes to lie in the picture. */
export function photographCard(card: RawPicture, table: Table, random: Random): RawPicture {
  const { width, height } = table;
  const corners = placeCard(card, table, random);
  const inverse = invert(squareToQuad(corners));
  const noise = createNoise(`table ${random.integer(0, 1e9)}`);
  const desk = random.pick(desks);
  const grainAngle = random.range(-0.4, 0.4);
  const light: Point = [random.range(0.1, 0.9), random.range(0, 0.5)];
  // The lamp shines beside the portrait: whoever sent this wanted to be seen.
  const glareAt: Point = [
    card.face.left > 0.5 ? random.range(0.05, 0.42) : random.range(0.55, 0.95),
    random.range(0.2, 0.75),
  ];
  const glareTilt = random.range(-0.8, 0.8);
  const glareCos = Math.cos(glareTilt);
  const glareSin = Math.sin(glareTilt);
  const pixels = new Uint8Array(width * height * 3);
  const [i0, i1, i2, i3, i4, i5, i6, i7, i8] = inverse;
  // About one pixel of the picture, in parts of the card: its edge is drawn over that width.
  const rim = 1.2 / (width * 0.85);
  const below = new Uint8Array(3);
  for (let y = 0; y < height; y += 1) {
    const py = y / height;
    const lampY = (py - light[1]) ** 2;
    for (let x = 0; x < width; x += 1) {
      const w = i6 * x + i7 * y + i8;
      const u = (i0 * x + i1 * y + i2) / w;
      const v = (i3 * x + i4 * y + i5) / w;
      const px = x / width;
      const lamp = (1.16 - 0.55 * Math.sqrt((px - light[0]) ** 2 + lampY)) * table.exposure;
      const to = (y * width + x) * 3;
      const inside = Math.min(u, v, 1 - u, 1 - v);
      if (inside > -rim) {
        const gx = (u - glareAt[0]) * 1.5;
        const gy = v - glareAt[1];
        const along = gx * glareCos + gy * glareSin;
        const over = gy * glareCos - gx * glareSin;
        const around = along * along + over * over;
        const glare =
          table.glare * (fall(around * 10 + over * over * 74) + 0.12 / (1 + 4 * around));
        sampleCard(card, u, v, to, pixels, lamp, glare * table.exposure);
      }
      if (inside < rim) {
        const right = u < 0 ? -u : u > 1 ? u - 1 : 0;
        const down = v < 0 ? -v : v > 1 ? v - 1 : 0;
        const outside = Math.sqrt(right * right * 2.25 + down * down);
        // The card lies flat and throws a thin soft shadow.
        const shadow = 1 - 0.6 * Math.exp(-outside * 55) - 0.15 * Math.exp(-outside * 9);
        const streak =
          noise.cloud(px * 5 + py * grainAngle * 8, (py - px * grainAngle) * 46) * 0.22 +
          noise.at(px * 3, py * 3) * 0.1;
        const tone = clamp(1 + streak, 0.3, 1.6) * lamp * shadow;
        for (let k = 0; k < 3; k += 1) below[k] = toByte((desk[k] ?? 0) * tone);
        const cover = inside <= -rim ? 0 : (inside + rim) / (2 * rim);
        for (let k = 0; k < 3; k += 1)
          pixels[to + k] = (below[k] ?? 0) * (1 - cover) + (pixels[to + k] ?? 0) * cover;
      }
    }
  }
  addGrain(pixels, table.noise, random);
  return { width, height, pixels, face: moveBox(card, squareToQuad(corners), width, height) };
}

const gamma = Uint8Array.from({ length: 2049 }, (_, i) =>
  Math.round(
    255 * (i / 2048 <= 0.0031308 ? (i / 2048) * 12.92 : 1.055 * (i / 2048) ** (1 / 2.4) - 0.055),
  ),
);
const toByte = (value: number): number => gamma[Math.round(clamp(value, 0, 1) * 2048)] ?? 0;

function sampleCard(
  card: RawPicture,
  u: number,
  v: number,
  to: number,
  pixels: Uint8Array,
  lamp: number,
  glare: number,
): void {
  const fx = clamp(u * card.width - 0.5, 0, card.width - 1.001);
  const fy = clamp(v * card.height - 0.5, 0, card.height - 1.001);
  const x = fx | 0;
  const y = fy | 0;
  const tx = fx - x;
  const ty = fy - y;
  const i = (y * card.width + x) * 3;
  const below = i + card.width * 3;
  const inside = Math.min(u, v, 1 - u, 1 - v);
  const edge = inside > 0.006 ? 1 : smoothstep(0, 0.006, inside) * 0.25 + 0.75;
  const light = lightTable[(lamp * edge * 0.86 * 512) | 0] ?? 1;
  const veil = glare * 205;
  const a = (1 - tx) * (1 - ty);
  const b = tx * (1 - ty);
  const c = (1 - tx) * ty;
  const d = tx * ty;
  const from = card.pixels;
  for (let k = 0; k < 3; k += 1) {
    const plain =
      a * (from[i + k] ?? 0) +
      b * (from[i + 3 + k] ?? 0) +
      c * (from[below + k] ?? 0) +
      d * (from[below + 3 + k] ?? 0);
    const lit = plain * light + veil;
    pixels[to + k] = lit > 255 ? 255 : lit;
  }
}

function placeCard(card: RawPicture, table: Table, random: Random): [Point, Point, Point, Point] {
  const { width, height } = table;
  const angle = (table.turn * Math.PI) / 180;
  const fit =
    Math.min((width * 0.88) / card.width, (height * 0.88) / card.height) /
    (1 + Math.abs(Math.sin(angle)) * 0.5);
  const [cx, cy] = [width * (0.5 + random.bell() * 0.015), height * (0.5 + random.bell() * 0.015)];
  const lean = table.slant * 0.09 * (random.chance(0.5) ? 1 : -1);
  const nod = table.slant * 0.1;
  const corner = (sx: number, sy: number): Point => {
    const x = (sx * card.width * fit) / 2;
    const y = (sy * card.height * fit) / 2;
    const depth = 1 + nod * -sy * 0.5 + lean * sx * 0.5;
    return [
      cx + (x * Math.cos(angle) - y * Math.sin(angle)) / depth,
      cy + (x * Math.sin(angle) + y * Math.cos(angle)) / depth,
    ];
  };
  return [corner(-1, -1), corner(1, -1), corner(1, 1), corner(-1, 1)];
}

function moveBox(
  card: RawPicture,
  matrix: Matrix,
  width: number,
  height: number,
): RawPicture["face"] {
  const { left, top, width: w, height: h } = card.face;
  const points = [
    project(matrix, left, top),
    project(matrix, left + w, top),
    project(matrix, left + w, top + h),
    project(matrix, left, top + h),
  ];
  const xs = points.map((p) => p[0] / width);
  const ys = points.map((p) => p[1] / height);
  const [x, y] = [Math.min(...xs), Math.min(...ys)];
  return { left: x, top: y, width: Math.max(...xs) - x, height: Math.max(...ys) - y };
}

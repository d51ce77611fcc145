import type { Person } from "../people/person.ts";
import { clamp, mix, smoothstep, type Rgb } from "../render/math.ts";
import { gridNormals } from "../render/mesh.ts";
import type { Noise } from "../render/noise.ts";
import { materialNumber, type PixelSheet } from "../render/raster.ts";
import { eyePainter, eyeReach, type Gaze } from "./eye-paint.ts";
import type { HeadShape } from "./head-shape.ts";
import type { SkinPainter, Spot } from "./skin-paint.ts";

const FACE = materialNumber("face");

/** Columns stand closer in front, where the features are: -1 … 1 round the head to an angle in radians. */
export const columnAngle = (s: number): number => Math.PI * (0.6 * s + 0.4 * s * s * s);
/** The texture covers this part of the way round, to each side of the face's middle. */
export const textureShare = 0.74;
/** Its upper edge, in centimetres over the eyes; the hair or the bare skull goes on above. */
export const textureTop = 9.4;

/** The painted skin of one picture: five numbers a spot (linear red, green, blue, gloss, sky) and normals at half size. */
export interface FaceTexture {
  readonly width: number;
  readonly height: number;
  readonly paint: Float32Array;
  readonly normalWidth: number;
  readonly normalHeight: number;
  readonly normals: Float32Array;
  /** Paints what a picture shows of the face and nothing else; only where `lazy` was asked for. */
  paintSeen(sheet: PixelSheet): void;
  /** Repaints the eyes only, for another gaze or a blink; quick enough for each frame of a clip. */
  setGaze(gaze: Gaze): void;
}

export interface FaceTextureOptions {
  readonly person: Person;
  readonly shape: HeadShape;
  readonly noise: Noise;
  readonly paintSkin: SkinPainter;
  /** The hairline by angle, and the colour of roots; absent where no hair shows. */
  readonly roots?: { readonly edge: (angle: number) => number; readonly colour: Rgb };
  readonly width: number;
  readonly height: number;
  /** Leaves the painting to `paintSeen`: a picture shows half of a face's skin, a clip more. */
  readonly lazy: boolean;
}

interface EyeSpot {
  readonly index: number;
  readonly x: number;
  readonly y: number;
  readonly skin: readonly [number, number, number, number, number];
}

export function createFaceTexture(options: FaceTextureOptions): FaceTexture {
  const { person, shape, noise, paintSkin, roots, width, height } = options;
  const l = shape.landmarks;
  const paint = options.lazy
    ? borrowPaint(width * height * 5)
    : new Float32Array(width * height * 5);
  const spot: Spot = { r: 0, g: 0, b: 0, gloss: 0, sky: 1 };
  const eyes: EyeSpot[] = [];
  const angles = Float32Array.from({ length: width }, (_, column) =>
    columnAngle(mix(-textureShare, textureShare, column / (width - 1))),
  );
  const sines = angles.map((angle) => Math.sin(angle));
  const edges = angles.map((angle) => (roots === undefined ? Infinity : roots.edge(angle)));
  function paintWhere(seen: Uint8Array | undefined): void {
    for (let row = 0; row < height; row += 1) {
      const y = mix(textureTop, shape.bottom, row / (height - 1));
      const halfWidth = shape.halfWidth(y);
      for (let column = 0; column < width; column += 1) {
        if (seen !== undefined && seen[row * width + column] === 0) continue;
        paintSpot(row, column, y, halfWidth);
      }
    }
  }

  function paintSpot(row: number, column: number, y: number, halfWidth: number): void {
    const x = halfWidth * (sines[column] ?? 0);
    paintSkin(x, y, spot, Math.abs(angles[column] ?? 0) < 1.3);
    if (roots !== undefined) {
      const over =
        smoothstep(-0.35, 0.55, y - (edges[column] ?? 0) + noise.at(x * 3, y * 3) * 0.15) * 0.9;
      if (over > 0) {
        spot.r = mix(spot.r, roots.colour[0], over);
        spot.g = mix(spot.g, roots.colour[1], over);
        spot.b = mix(spot.b, roots.colour[2], over);
        spot.gloss *= 1 - over;
      }
    }
    const index = (row * width + column) * 5;
    store(paint, index, spot);
    const nearFront = Math.abs(column / (width - 1) - 0.5) < 0.34;
    if (
      nearFront &&
      Math.abs(y) < eyeReach + 0.2 &&
      Math.abs(Math.abs(x) - l.eyeX) < l.eyeHalfWidth * 1.5
    ) {
      eyes.push({ index, x, y, skin: [spot.r, spot.g, spot.b, spot.gloss, spot.sky] });
    }
  }
  if (!options.lazy) paintWhere(undefined);
  const normalWidth = Math.floor(width / 2);
  const normalHeight = Math.floor(height / 2);
  const normals = bendNormals(shape, noise, normalWidth, normalHeight, l.age);
  const paintEye = eyePainter(person, l, noise);
  return {
    width,
    height,
    paint,
    normalWidth,
    normalHeight,
    normals,
    paintSeen: (sheet) => paintWhere(seenSpots(sheet, width, height)),
    setGaze(gaze) {
      for (const eye of eyes) {
        [spot.r, spot.g, spot.b, spot.gloss, spot.sky] = eye.skin;
        paintEye(eye.x, eye.y, gaze, spot);
        store(paint, eye.index, spot);
      }
    },
  };
}

/** Kept from picture to picture: to make and clear megabytes each time costs more than to paint over them. */
let lent = new Float32Array(0);

function borrowPaint(length: number): Float32Array {
  if (lent.length < length) lent = new Float32Array(length);
  return lent;
}

/** Which spots of a texture the sheet's pixels are blended from. */
function seenSpots(sheet: PixelSheet, width: number, height: number): Uint8Array {
  const seen = new Uint8Array(width * height);
  for (let y = 0; y < sheet.height; y += 1) seeRow(sheet, y, seen, width, height);
  return seen;
}

/** A row is a function of its own: V8 compiles that well, and a loop in a loop over and over. */
function seeRow(
  sheet: PixelSheet,
  y: number,
  seen: Uint8Array,
  width: number,
  height: number,
): void {
  const { material, data } = sheet;
  const end = (y + 1) * sheet.width;
  for (let pixel = y * sheet.width; pixel < end; pixel += 1) {
    if (material[pixel] !== FACE) continue;
    const at = pixel * 6;
    const fx = clamp((data[at + 3] ?? 0) * (width - 1), 0, width - 1.001);
    const fy = clamp((data[at + 4] ?? 0) * (height - 1), 0, height - 1.001);
    const first = (fy | 0) * width + (fx | 0);
    seen[first] = 1;
    seen[first + 1] = 1;
    seen[first + width] = 1;
    seen[first + width + 1] = 1;
  }
}

function store(paint: Float32Array, index: number, spot: Spot): void {
  paint[index] = spot.r;
  paint[index + 1] = spot.g;
  paint[index + 2] = spot.b;
  paint[index + 3] = spot.gloss;
  paint[index + 4] = spot.sky;
}

function bendNormals(
  shape: HeadShape,
  noise: Noise,
  width: number,
  height: number,
  age: number,
): Float32Array {
  const positions = new Float32Array(width * height * 3);
  const point = new Float32Array(3);
  for (let row = 0; row < height; row += 1) {
    const y = mix(textureTop, shape.bottom + 0.02, row / (height - 1));
    for (let column = 0; column < width; column += 1) {
      const phi = columnAngle(mix(-textureShare, textureShare, column / (width - 1)));
      shape.point(phi, y, point);
      const x = point[0] ?? 0;
      const i = (row * width + column) * 3;
      const fine = smoothstep(1.7, 1.2, Math.abs(phi)) * (0.006 + age * 0.007);
      const bump = noise.grain(x * 6.3, y * 6.3) * 1.6 * fine;
      positions[i] = x;
      positions[i + 1] = y;
      positions[i + 2] = (point[2] ?? 0) + bump;
    }
  }
  return gridNormals(positions, width, height);
}

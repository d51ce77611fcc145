import type { Capture } from "../people/capture.ts";
import type { Person } from "../people/person.ts";
import {
  bell,
  blob,
  bumpField,
  clamp,
  fall,
  linearRgb,
  mix,
  mixRgb,
  lineDistance,
  smoothstep,
  type Rgb,
} from "../render/math.ts";
import type { Noise } from "../render/noise.ts";
import { mouthLine, type Landmarks } from "./landmarks.ts";
import { beardCover, browCover } from "./face-hair.ts";
import { hairColour } from "./hair-colour.ts";

/** What one spot of the surface looks like: linear colour, gloss 0–1, and how much open sky it sees. */
export interface Spot {
  r: number;
  g: number;
  b: number;
  gloss: number;
  sky: number;
}

const tones: readonly Rgb[] = [
  linearRgb(226, 188, 168),
  linearRgb(218, 175, 150),
  linearRgb(208, 158, 127),
  linearRgb(178, 126, 94),
  linearRgb(138, 92, 64),
  linearRgb(100, 64, 44),
  linearRgb(72, 46, 33),
];

/** The plain colour of a person's skin. */
export function skinColour(person: Person): Rgb {
  const position = clamp(person.skinTone, 0, 1) * (tones.length - 1);
  const index = Math.min(tones.length - 2, Math.floor(position));
  const plain = mixRgb(tones[index] ?? [0, 0, 0], tones[index + 1] ?? [0, 0, 0], position - index);
  const w = person.skinWarmth;
  return [plain[0] * (1 + w * 0.015), plain[1] * (1 + w * 0.035), plain[2] * (1 - w * 0.1)];
}

/** Paints a spot; where it is not of the face's front, features are left out, being far off. */
export type SkinPainter = (x: number, y: number, spot: Spot, front: boolean) => void;

/** Makes the painter of skin, lips, brows, marks and beard for one picture; eyes are painted after it. */
export function skinPainter(
  person: Person,
  capture: Capture,
  l: Landmarks,
  noise: Noise,
): SkinPainter {
  const skin = skinColour(person);
  const hair = hairColour(person, l.age);
  const light = 1 - person.skinTone;
  const foldLine = lineDistance(
    l.noseHalfWidth + 0.15,
    l.noseBaseY + 0.7,
    l.mouthHalfWidth + 0.7,
    l.mouthY,
  );
  const marks = person.marks.map((mark) => ({
    ...mark,
    line: lineDistance(mark.x - 0.5, mark.y - 0.35, mark.x + 0.4, mark.y + 0.5),
  }));
  const shine = bumpField([
    [0.16, 0, 5, 3.2, 2],
    [0.26, 0, l.noseTipY, 0.8, 0.9],
    [0.12, 4.4, -1.8, 1.5, 1.1],
  ]);
  const red = 0.06 + 0.1 * light;
  const blush = bumpField([
    [red, 4.1, -3.2, 1.8, 1.5],
    [red * 0.8, 0, l.noseTipY, 1.3, 0.9],
    [red * 0.5, 0, l.chinY + 1, 1.3, 0.8],
    [red * capture.makeup * 0.9, 4.6, -2.8, 1.4, 1],
  ]);
  // Thin skin round the eyes, and the hollows beside the bridge.
  const hollows = bumpField([
    [0.12 + l.age * 0.12 + person.traits.eyeBag * 0.06, l.eyeX - 0.5, -1, 1.1, 0.42],
    [0.14, 1.6, 0.35, 0.6, 0.7],
    [0.1 + capture.makeup * 0.3, l.eyeX, 0.75, 1.4, 0.45],
  ]);
  // What sees less of the room: the hollows, and what is under the nose and the lips.
  const shelter = bumpField([
    [0.3, 1.65, 0.4, 0.75, 0.8],
    [0.18, l.eyeX, 0.9, 1.6, 0.5],
    [0.3, 0, l.noseBaseY - 0.35, 1.6, 0.5],
    [0.2, 0, l.mouthY - l.lowerLip - 0.5, 1.6, 0.4],
  ]);
  const browStrength =
    (0.8 + 0.2 * person.masculinity) * (0.66 + 0.26 * (1 - person.hairLightness));
  const lips = mixRgb(
    [skin[0] * 0.78, skin[1] * 0.5, skin[2] * 0.54],
    linearRgb(168, 52, 62),
    clamp((0.2 + person.lipRed * 0.12) * light + capture.makeup * 0.55, 0, 0.75),
  );
  const shade = (spot: Spot, amount: number): void => {
    spot.r *= 1 - amount * 0.8;
    spot.g *= 1 - amount;
    spot.b *= 1 - amount * 0.95;
  };
  const redden = (spot: Spot, amount: number): void => {
    spot.r *= 1 + amount * 0.15;
    spot.g *= 1 - amount * 0.9;
    spot.b *= 1 - amount * 0.7;
  };
  const growth = beardCover(person, capture, l);
  const bearded = person.masculinity >= 0.5;
  const sparse = capture.beard === "stubble" || capture.beard === "none";
  const wrinkled = Math.max(0, l.age - 0.25) * 0.3;
  const { freckles } = person;
  const lineDepth = 0.04 + l.age * 0.15 + l.smile * 0.1;
  return (x, y, spot, front) => {
    const side = Math.abs(x);
    spot.gloss = 0.2;
    spot.sky = 1;
    const patch = noise.cloud(x * 0.55, y * 0.55) * 1.2;
    const grain = noise.grain(x * 7.1, y * 7.1);
    const tone = 1 + patch * 0.06 + grain * (0.04 + l.age * 0.025);
    spot.r = skin[0] * tone;
    spot.g = skin[1] * tone * (1 - patch * 0.035);
    spot.b = skin[2] * tone * (1 - patch * 0.02);
    if (front) paintFront(x, y, side, spot);
    const cover = bearded && y < 1 ? growth(x, y) : 0;
    if (cover > 0) {
      const strand = noise.grain(x * 9 + y * 1.5, y * 3.5 - x * 0.8) * 0.7 + 0.5;
      const amount = sparse
        ? cover * (0.55 + 0.45 * strand)
        : clamp(cover * 1.25 - (1 - cover) * strand * 1.4, 0, 1) * (0.72 + 0.28 * strand);
      const lightness = 0.75 + strand * 0.6;
      tint(spot, hair[0] * lightness, hair[1] * lightness, hair[2] * lightness, amount);
      spot.gloss *= 1 - amount * 0.6;
    }
    if (front) paintFeatures(x, y, spot);
  };

  function paintFront(x: number, y: number, side: number, spot: Spot): void {
    spot.gloss += shine(side, y);
    redden(spot, blush(side, y));
    shade(spot, hollows(side, y));
    spot.sky -= shelter(side, y);
    if (y > l.mouthY - 1 && y < l.noseBaseY + 1.5)
      shade(spot, lineDepth * fall((foldLine(side, y) / 0.18) ** 2));
    if (wrinkled > 0) shade(spot, wrinkled * wrinkles(x, y, l, noise));
    if (freckles > 0 && y < 1.5 && y > -6) {
      const amount = freckles * freckle(x, y, noise) * (blob(side - 2.6, y + 2.4, 2.4, 1.6) + 0.2);
      tint(spot, skin[0] * 0.62, skin[1] * 0.45, skin[2] * 0.35, clamp(amount * 0.7, 0, 0.7));
    }
    for (const mark of marks) {
      if (Math.abs(x - mark.x) > 0.8 || Math.abs(y - mark.y) > 0.8) continue;
      const d = Math.hypot(x - mark.x, y - mark.y);
      if (mark.kind === "mole")
        tint(
          spot,
          skin[0] * 0.24,
          skin[1] * 0.16,
          skin[2] * 0.14,
          0.85 * smoothstep(mark.size, mark.size * 0.55, d),
        );
      else
        tint(
          spot,
          skin[0] * 1.1,
          skin[1] * 0.95,
          skin[2] * 0.95,
          0.6 * bell(mark.line(x, y), 0, 0.07),
        );
    }
    paintNostrils(spot, l, side, y);
  }

  function paintFeatures(x: number, y: number, spot: Spot): void {
    if (y < l.noseBaseY && y > l.mouthY - 2.6 && Math.abs(x) < l.mouthHalfWidth * 1.15)
      paintLips(spot, lips, l, x, y, noise);
    const brow = y > 0.4 && y < 4.5 ? browCover(l, x, y, noise) : 0;
    if (brow > 0) tint(spot, hair[0] * 0.7, hair[1] * 0.66, hair[2] * 0.64, brow * browStrength);
  }
}

function tint(spot: Spot, r: number, g: number, b: number, amount: number): void {
  spot.r += (r - spot.r) * amount;
  spot.g += (g - spot.g) * amount;
  spot.b += (b - spot.b) * amount;
}

/** Dots of uneven size, one at most in each quarter of a square centimetre. */
function freckle(x: number, y: number, noise: Noise): number {
  const column = Math.floor(x * 2.6);
  const row = Math.floor(y * 2.6);
  const dx = x * 2.6 - column - 0.25 - 0.5 * noise.cell(column, row);
  const dy = y * 2.6 - row - 0.25 - 0.5 * noise.cell(column + 71, row + 13);
  const size = 0.05 + 0.2 * noise.cell(column + 7, row + 91) ** 2;
  return smoothstep(size + 0.08, size - 0.05, Math.sqrt(dx * dx + dy * dy));
}

function wrinkles(x: number, y: number, l: Landmarks, noise: Noise): number {
  if (y > 2.6) {
    const room =
      smoothstep(2.7, 3.5, y) * smoothstep(l.hairlineY - 0.5, l.hairlineY - 1.5, y) * bell(x, 0, 3);
    if (room === 0) return 0;
    const wave = Math.sin((y + noise.at(x * 0.5, 3) * 0.35 + noise.at(x * 1.6, 8) * 0.1) * 5.2);
    return room * smoothstep(0.55, 1, wave) * (0.55 + noise.at(x * 0.9, y * 0.9 + 20) * 0.6);
  }
  const side = Math.abs(x);
  if (side < l.eyeX + 0.8) return 0;
  const feet = blob(side - l.eyeX - 2.2, y + 0.1, 0.6, 0.75);
  return feet * Math.max(0, Math.sin((y - 0.2) * 8.5 - (side - l.eyeX - 1.5) * y * 1.4)) * 0.9;
}

function paintNostrils(spot: Spot, l: Landmarks, side: number, y: number): void {
  if (side > 2.9 || Math.abs(y - l.noseBaseY) > 1.6) return;
  const dx = side - (l.noseHalfWidth - 0.86);
  const hole = smoothstep(
    1.25,
    0.55,
    Math.hypot(dx / 0.42, (y - l.noseBaseY - 0.16 + dx * 0.15) / 0.19),
  );
  spot.r *= 1 - hole * 0.86;
  spot.g *= 1 - hole * 0.93;
  spot.b *= 1 - hole * 0.93;
  spot.gloss *= 1 - hole;
  const edge = 0.22 * blob(side - l.noseHalfWidth - 0.08, y - l.noseBaseY - 0.55, 0.14, 0.45);
  spot.r *= 1 - edge * 0.8;
  spot.g *= 1 - edge;
  spot.b *= 1 - edge;
}

function paintLips(spot: Spot, lips: Rgb, l: Landmarks, x: number, y: number, noise: Noise): void {
  const along = x / l.mouthHalfWidth;
  const inside = 1 - along * along;
  const line = mouthLine(l, x);
  const open = inside > 0 ? l.lipGap * inside ** 0.75 : 0;
  const over = line + open * 0.3;
  const under = line - open * 0.7;
  if (inside > 0) {
    const bow =
      l.upperLip *
      (inside ** 0.7 * (0.86 + 0.14 * bell(Math.abs(x), 0.55, 0.35)) -
        l.cupidBow * 0.22 * bell(x, 0, 0.26));
    const full = l.lowerLip * inside ** 0.62;
    const soft = 0.13;
    const cover =
      y > line
        ? smoothstep(over + bow + soft, over + bow - soft, y)
        : smoothstep(under - full - soft * 1.3, under - full + soft, y);
    const fine = 1 + noise.at(x * 6.5, y * 0.9 + 50) * 0.09;
    tint(spot, lips[0] * fine, lips[1] * fine, lips[2] * fine, cover * 0.85);
    spot.gloss += cover * (y < line ? 0.3 : 0.08);
    if (open > 0.05 && y < over && y > under) {
      // Upper teeth, darker towards the corners and where the lower lip shades them.
      const between = Math.min(smoothstep(0, 0.09, over - y), smoothstep(0, 0.09, y - under));
      const lit = (1 - 0.75 * along * along) * smoothstep(under - 0.1, over - open * 0.25, y);
      const gaps = 1 - 0.2 * smoothstep(0.75, 1, Math.abs(Math.sin((x * Math.PI) / 1.5 + 1.57)));
      const tooth = (0.1 + 0.5 * lit) * gaps;
      tint(spot, tooth, tooth * 0.92, tooth * 0.82, between);
      spot.gloss = mix(spot.gloss, 0.15, between);
    }
  }
  const nearest = y > line ? y - over : y - under;
  const gap =
    clamp(inside + 0.18, 0, 1) ** 0.5 *
    bell(open > 0.05 ? nearest : y - line, 0, 0.07 + 0.03 * clamp(inside, 0, 1));
  spot.r *= 1 - gap * 0.74;
  spot.g *= 1 - gap * 0.86;
  spot.b *= 1 - gap * 0.84;
}

import type { Capture } from "../people/capture.ts";
import type { Person } from "../people/person.ts";
import {
  bell,
  blob,
  clamp,
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

/** Makes the painter of skin, lips, brows, marks and beard for one picture; eyes are painted after it. */
export function skinPainter(
  person: Person,
  capture: Capture,
  l: Landmarks,
  noise: Noise,
): (x: number, y: number, spot: Spot) => void {
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
  const blush = 0.06 + 0.12 * light;
  const lips = mixRgb(
    [skin[0] * 0.8, skin[1] * 0.54, skin[2] * 0.6],
    linearRgb(168, 52, 62),
    clamp((0.16 + person.lipRed * 0.1) * light + capture.makeup * 0.5, 0, 0.75),
  );
  const tint = (spot: Spot, colour: Rgb, amount: number): void => {
    spot.r = mix(spot.r, colour[0], amount);
    spot.g = mix(spot.g, colour[1], amount);
    spot.b = mix(spot.b, colour[2], amount);
  };
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
  return (x, y, spot) => {
    const side = Math.abs(x);
    spot.r = skin[0];
    spot.g = skin[1];
    spot.b = skin[2];
    spot.gloss =
      0.22 +
      0.16 * blob(x, y - 5, 3.2, 2) +
      0.25 * blob(x, y - l.noseTipY, 0.9, 1.1) +
      0.1 * bell(side, 4.2, 1.4) * bell(y, -2, 1.5);
    spot.sky = 1;
    const patch = noise.cloud(x * 0.55 + 40, y * 0.55 + 40);
    const grain = noise.at(x * 7.1, y * 7.1) * 0.6 + noise.at(x * 15.3 + 9, y * 15.3) * 0.4;
    const tone = 1 + patch * 0.06 + grain * (0.035 + l.age * 0.02);
    spot.r *= tone;
    spot.g *= tone * (1 - patch * 0.03);
    spot.b *= tone * (1 - patch * 0.02);
    redden(
      spot,
      blush *
        (blob(side - 4.1, y + 3.2, 1.8, 1.5) +
          0.9 * blob(x, y - l.noseTipY, 1.3, 0.9) +
          0.5 * blob(x, y - l.chinY - 1, 1.3, 0.8) +
          capture.makeup * 0.9 * blob(side - 4.6, y + 2.8, 1.4, 1)),
    );
    // Thin skin round the eyes, hollows, folds.
    shade(
      spot,
      (0.16 + l.age * 0.1 + person.traits.eyeBag * 0.05) *
        blob(side - l.eyeX + 0.5, y + 1.0, 1.1, 0.42),
    );
    shade(spot, 0.2 * blob(side - 1.55, y - 0.35, 0.55, 0.7));
    shade(spot, 0.12 * blob(side - l.eyeX, y - 0.75, 1.4, 0.5));
    shade(spot, (0.05 + l.age * 0.16 + l.smile * 0.12) * bell(foldLine(side, y), 0, 0.16));
    if (l.age > 0.25) shade(spot, (l.age - 0.25) * 0.16 * wrinkles(x, y, l, noise));
    spot.sky *=
      1 -
      0.35 * blob(side - 1.6, y - 0.4, 0.7, 0.8) -
      0.28 * blob(x, y - l.noseBaseY + 0.35, 1.5, 0.5) -
      0.2 * blob(x, y - l.mouthY + l.lowerLip + 0.5, 1.6, 0.4) -
      0.18 * blob(side - l.eyeX, y - 0.9, 1.6, 0.5);
    if (person.freckles > 0) {
      const amount =
        person.freckles * freckle(x, y, noise) * (blob(side - 2.6, y + 2.4, 2.4, 1.6) + 0.2);
      tint(spot, [skin[0] * 0.62, skin[1] * 0.45, skin[2] * 0.35], clamp(amount * 0.7, 0, 0.7));
    }
    for (const mark of marks) {
      if (Math.abs(x - mark.x) > 0.8 || Math.abs(y - mark.y) > 0.8) continue;
      const d = Math.hypot(x - mark.x, y - mark.y);
      if (mark.kind === "mole")
        tint(
          spot,
          [skin[0] * 0.24, skin[1] * 0.16, skin[2] * 0.14],
          0.85 * smoothstep(mark.size, mark.size * 0.55, d),
        );
      else
        tint(
          spot,
          [skin[0] * 1.1, skin[1] * 0.95, skin[2] * 0.95],
          0.6 * bell(mark.line(x, y), 0, 0.07),
        );
    }
    paintNostrils(spot, l, side, y);
    const cover = beardCover(person, capture, l, x, y);
    if (cover > 0) {
      const strand = noise.at(x * 9 + y * 1.5, y * 4.5 - x * 0.8) * 0.5 + 0.5;
      const amount =
        capture.beard === "stubble" || capture.beard === "none"
          ? cover * (0.55 + 0.45 * strand)
          : clamp(cover * 1.15 - (1 - cover) * strand, 0, 1) * (0.8 + 0.2 * strand);
      const lightness = 0.75 + strand * 0.6;
      tint(spot, [hair[0] * lightness, hair[1] * lightness, hair[2] * lightness], amount);
      spot.gloss *= 1 - amount * 0.6;
    }
    paintLips(spot, lips, l, x, y, noise, tint);
    const brow = browCover(l, x, y, noise) * (0.82 + 0.18 * person.masculinity);
    if (brow > 0)
      tint(
        spot,
        [hair[0] * 0.7, hair[1] * 0.66, hair[2] * 0.64],
        brow * (0.72 + 0.2 * (1 - person.hairLightness)),
      );
  };
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
  const forehead =
    smoothstep(2.9, 3.6, y) * smoothstep(l.hairlineY - 0.6, l.hairlineY - 1.6, y) * bell(x, 0, 3.2);
  const wave = Math.sin((y + 0.18 * Math.sin(x * 0.9) + noise.at(x * 0.6, 3) * 0.25) * 5.6);
  const feet =
    blob(Math.abs(x) - l.eyeX - 2.2, y + 0.1, 0.7, 0.8) *
    Math.max(0, Math.sin((y - 0.2) * 9 + x * Math.sign(x)));
  return forehead * smoothstep(0.72, 1, wave) * 1.4 + feet;
}

function paintNostrils(spot: Spot, l: Landmarks, side: number, y: number): void {
  if (side > 3 || Math.abs(y - l.noseBaseY) > 2.6) return;
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
  const edge = 0.3 * blob(side - l.noseHalfWidth - 0.08, y - l.noseBaseY - 0.55, 0.14, 0.45);
  spot.r *= 1 - edge * 0.8;
  spot.g *= 1 - edge;
  spot.b *= 1 - edge;
}

function paintLips(
  spot: Spot,
  lips: Rgb,
  l: Landmarks,
  x: number,
  y: number,
  noise: Noise,
  tint: (spot: Spot, colour: Rgb, amount: number) => void,
): void {
  const along = x / l.mouthHalfWidth;
  const inside = 1 - along * along;
  const line = mouthLine(l, x);
  if (inside > 0) {
    const bow =
      l.upperLip *
      (inside ** 0.7 * (0.86 + 0.14 * bell(Math.abs(x), 0.55, 0.35)) -
        l.cupidBow * 0.22 * bell(x, 0, 0.26));
    const full = l.lowerLip * inside ** 0.62;
    const soft = 0.1;
    const cover =
      y > line
        ? smoothstep(line + bow + soft, line + bow - soft, y)
        : smoothstep(line - full - soft * 1.3, line - full + soft, y);
    const fine = 1 + noise.at(x * 6.5, y * 0.9 + 50) * 0.09;
    tint(spot, [lips[0] * fine, lips[1] * fine, lips[2] * fine], cover * 0.85);
    spot.gloss += cover * (y < line ? 0.3 : 0.08);
  }
  const gap = clamp(inside + 0.18, 0, 1) ** 0.5 * bell(y, line, 0.075 + 0.03 * clamp(inside, 0, 1));
  spot.r *= 1 - gap * 0.74;
  spot.g *= 1 - gap * 0.86;
  spot.b *= 1 - gap * 0.84;
}

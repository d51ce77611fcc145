import type { Capture } from "../people/capture.ts";
import type { Person } from "../people/person.ts";
import { bell, clamp } from "../render/math.ts";

/** Where the parts of one face lie, in centimetres from the point between the eyes; +x is the viewer's right. */
export interface Landmarks {
  readonly eyeX: number;
  readonly eyeHalfWidth: number;
  readonly eyeUpper: number;
  readonly eyeLower: number;
  /** Radians; the outer corner up. */
  readonly eyeTilt: number;
  readonly lidFold: number;
  readonly browY: number;
  readonly browInner: number;
  readonly browOuter: number;
  readonly browArch: number;
  readonly browTilt: number;
  readonly browThickness: number;
  readonly browSkew: number;
  readonly noseTipY: number;
  readonly noseBaseY: number;
  readonly noseHalfWidth: number;
  readonly noseSkew: number;
  readonly mouthY: number;
  readonly mouthHalfWidth: number;
  readonly mouthSkew: number;
  readonly cornerLift: number;
  readonly upperLip: number;
  readonly lowerLip: number;
  readonly cupidBow: number;
  readonly chinY: number;
  readonly hairlineY: number;
  /** 0 young … 1 old: folds, bags, thinner lips. */
  readonly age: number;
  readonly smile: number;
}

/** Places the features of a person in one picture: traits, age and expression together. */
export function landmarksOf(person: Person, capture: Capture): Landmarks {
  const t = person.traits;
  const age = clamp((person.ageYears + capture.ageOffsetYears - 22) / 50, 0, 1);
  const long = 1 + t.faceLength * 0.055;
  const noseTipY = (-4.15 - t.noseLength * 0.55 + t.noseTipUp * 0.25) * long;
  const noseBaseY = noseTipY - 0.95 + t.noseTipUp * 0.12;
  const mouthY = noseBaseY - 1.95 - t.philtrum * 0.3 - age * 0.15 + capture.smile * 0.2;
  return {
    eyeX: 3.15 + t.eyeSpacing * 0.3,
    eyeHalfWidth: 1.48 + t.eyeWidth * 0.16,
    eyeUpper:
      (0.535 + t.eyeOpening * 0.13 - age * 0.05) * (1 - capture.smile * 0.14) +
      capture.browRaise * 0.06,
    eyeLower: 0.46 + t.eyeOpening * 0.06 - capture.smile * 0.14,
    eyeTilt: 0.05 + t.eyeTilt * 0.11,
    lidFold: t.lidFold,
    browY: 2.0 + t.browHeight * 0.38 + capture.browRaise * 0.3,
    browInner: 1.25 + t.browGap * 0.35,
    browOuter: 5.0 + t.eyeWidth * 0.2,
    browArch: 0.42 + t.browArch * 0.32,
    browTilt: 0.04 + t.browTilt * 0.1,
    browThickness: 0.42 + t.browThickness * 0.17,
    browSkew: t.browSkew * 0.12,
    noseTipY,
    noseBaseY,
    noseHalfWidth: 1.62 + t.noseWidth * 0.36 + capture.smile * 0.1,
    noseSkew: t.noseSkew * 0.16,
    mouthY,
    mouthHalfWidth: 2.5 + t.mouthWidth * 0.36 + capture.smile * 0.48,
    mouthSkew: t.mouthSkew * 0.14,
    cornerLift: t.mouthCorner * 0.13 + capture.smile * 0.42 - age * 0.08,
    upperLip: (0.62 + t.upperLip * 0.3) * (1 - age * 0.3) * (1 - capture.smile * 0.2),
    lowerLip: (0.88 + t.lowerLip * 0.34) * (1 - age * 0.22) * (1 - capture.smile * 0.12),
    cupidBow: 0.5 + t.cupidBow * 0.4,
    chinY: mouthY - 3.9 - t.chinLength * 0.55 - t.faceLength * 0.2,
    hairlineY: 7.0 + t.foreheadHeight * 0.8 + person.hairRecession * 1.6,
    age,
    smile: capture.smile,
  };
}

/** Height of the line between the lips at `x`. */
export function mouthLine(l: Landmarks, x: number): number {
  const along = clamp(x / l.mouthHalfWidth, -1.2, 1.2);
  return l.mouthY + l.cornerLift * along * along - 0.07 * bell(x, 0, 0.5) + l.mouthSkew * along;
}

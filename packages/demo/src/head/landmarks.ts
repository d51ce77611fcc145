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
  /** How far a smile opens the lips, in centimetres. */
  readonly lipGap: number;
  readonly chinY: number;
  readonly hairlineY: number;
  /** -1 gaunt … 1 round: cheeks, jaw and neck. */
  readonly flesh: number;
  /** 0 young … 1 old: folds, bags, thinner lips. */
  readonly age: number;
  readonly smile: number;
}

/** Places the features of a person in one picture: traits, age and expression together. */
export function landmarksOf(person: Person, capture: Capture): Landmarks {
  const t = person.traits;
  const m = person.masculinity;
  const age = clamp((person.ageYears + capture.ageOffsetYears - 22) / 50, 0, 1);
  const long = 1 + t.faceLength * 0.075;
  const noseTipY = (-4.0 - t.noseLength * 0.6 + t.noseTipUp * 0.22) * long;
  const noseBaseY = noseTipY - 0.9 + t.noseTipUp * 0.16;
  const mouthY = noseBaseY - 1.9 - t.philtrum * 0.36 - age * 0.15 + capture.smile * 0.2;
  return {
    eyeX: 3.15 + t.eyeSpacing * 0.34,
    eyeHalfWidth: 1.5 + t.eyeWidth * 0.19,
    eyeUpper:
      (0.55 + t.eyeOpening * 0.17 - age * 0.06) * (1 - capture.smile * 0.14) +
      capture.browRaise * 0.06,
    eyeLower: 0.46 + t.eyeOpening * 0.08 - capture.smile * 0.14,
    eyeTilt: 0.05 + t.eyeTilt * 0.13,
    lidFold: t.lidFold,
    browY: 2.05 + t.browHeight * 0.46 - m * 0.1 + capture.browRaise * 0.3,
    browInner: 1.3 + t.browGap * 0.42,
    browOuter: 5.0 + t.eyeWidth * 0.2,
    browArch: 0.42 + t.browArch * 0.4,
    browTilt: 0.04 + t.browTilt * 0.13,
    browThickness: 0.4 + t.browThickness * 0.2,
    browSkew: t.browSkew * 0.12,
    noseTipY,
    noseBaseY,
    noseHalfWidth: 1.66 + t.noseWidth * 0.42 + capture.smile * 0.1,
    noseSkew: t.noseSkew * 0.18,
    mouthY,
    mouthHalfWidth: 2.5 + t.mouthWidth * 0.42 + capture.smile * 0.46,
    mouthSkew: t.mouthSkew * 0.14,
    cornerLift: t.mouthCorner * 0.15 + capture.smile * 0.4 - age * 0.08,
    upperLip: (0.7 + t.upperLip * 0.34) * (1 - age * 0.3) * (1 - capture.smile * 0.2),
    lowerLip: (0.96 + t.lowerLip * 0.38) * (1 - age * 0.22) * (1 - capture.smile * 0.12),
    cupidBow: 0.5 + t.cupidBow * 0.4,
    lipGap: Math.max(0, capture.smile - 0.5) * 1.7,
    chinY: mouthY - 3.75 - t.chinLength * 0.66 - t.faceLength * 0.3,
    hairlineY: 7.0 + t.foreheadHeight * 0.95 + person.hairRecession * 1.6,
    flesh: clamp(t.weight * 0.65 + t.cheekFullness * 0.5, -1, 1),
    age,
    smile: capture.smile,
  };
}

/** Height of the line between the lips at `x`. */
export function mouthLine(l: Landmarks, x: number): number {
  const along = clamp(x / l.mouthHalfWidth, -1.2, 1.2);
  return l.mouthY + l.cornerLift * along * along - 0.07 * bell(x, 0, 0.5) + l.mouthSkew * along;
}

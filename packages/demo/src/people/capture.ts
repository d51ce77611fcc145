import type { Person } from "./person.ts";
import type { Random } from "./random.ts";

export const hairStyles = [
  "shaved",
  "short",
  "crop",
  "sidePart",
  "sweptBack",
  "fringe",
  "sweptFringe",
  "afro",
  "bun",
  "bob",
  "fringeBob",
  "wavy",
  "long",
] as const;
export type HairStyle = (typeof hairStyles)[number];
export const beards = ["none", "stubble", "moustache", "goatee", "full"] as const;
export type Beard = (typeof beards)[number];
export const glassesStyles = ["none", "round", "square", "rimless"] as const;
export type Glasses = (typeof glassesStyles)[number];

/** Angles in degrees. Yaw to the viewer's right, pitch up, roll clockwise. */
export interface Pose {
  readonly yaw: number;
  readonly pitch: number;
  readonly roll: number;
}

export interface Light {
  /** Degrees around the head: 0 from the camera, 90 from the viewer's right. */
  readonly azimuth: number;
  readonly elevation: number;
  /** 0 flat … 1 one hard lamp. */
  readonly contrast: number;
  /** -1 blue daylight … 1 yellow lamp. */
  readonly warmth: number;
  /** 1 right, 0.25 a dark room. */
  readonly exposure: number;
}

/** What belongs to one picture of a person, and not to the person. */
export interface Capture {
  readonly pose: Pose;
  /** 0 neutral … 1 a broad smile; from 0.5 on it shows teeth. */
  readonly smile: number;
  /** 0 open … 1 shut. */
  readonly blink: number;
  readonly browRaise: number;
  readonly light: Light;
  readonly hair: HairStyle;
  readonly beard: Beard;
  readonly glasses: Glasses;
  readonly headscarf: boolean;
  readonly makeup: number;
  /** Years added to the person's age when this picture was taken; usually 0 or below. */
  readonly ageOffsetYears: number;
  /** Distance of the lens in centimetres: 38 is a phone at arm's length, 120 a booth. */
  readonly lensDistance: number;
  /** Part of the picture's height that the head takes, from chin to crown. */
  readonly headHeight: number;
  /** Shift of the head off the middle, in parts of the picture. */
  readonly offset: { readonly x: number; readonly y: number };
  readonly background: "booth" | "room" | "window" | "street" | "dusk";
  readonly clothes: number;
  /** 0 clean … 1 a bad sensor. */
  readonly noise: number;
  /** Blur radius in pixels of the finished picture. */
  readonly blur: number;
  /** Seed of everything accidental: strands, noise, folds. */
  readonly seed: string;
}

const neutralPose: Pose = { yaw: 0, pitch: 0, roll: 0 };

/** A booth picture as documents ask for: facing the lens, even light, no glasses. */
export function boothCapture(person: Person, random: Random, seed: string): Capture {
  return {
    pose: { yaw: random.bell() * 4, pitch: random.bell() * 3, roll: random.bell() * 2 },
    smile: random.range(0, 0.15),
    blink: random.range(0, 0.12),
    browRaise: random.bell() * 0.2,
    light: {
      azimuth: random.range(-30, 30),
      elevation: random.range(20, 40),
      contrast: random.range(0.25, 0.45),
      warmth: random.bell() * 0.3,
      exposure: random.range(0.95, 1.08),
    },
    hair: usualHair(person, random),
    beard: usualBeard(person, random),
    glasses: "none",
    headscarf: false,
    makeup: person.masculinity < 0.5 ? random.range(0, 0.5) : 0,
    ageOffsetYears: -random.integer(0, 6),
    lensDistance: random.range(100, 140),
    headHeight: random.range(0.66, 0.72),
    offset: { x: random.bell() * 0.015, y: 0.01 },
    background: "booth",
    clothes: random.next(),
    noise: 0.12,
    blur: 0.3,
    seed,
  };
}

/** A phone picture of oneself: turned a little, uneven light, some smile. */
export function phoneCapture(person: Person, random: Random, seed: string): Capture {
  const booth = boothCapture(person, random, seed);
  return {
    ...booth,
    pose: { yaw: random.bell() * 22, pitch: random.bell() * 10, roll: random.bell() * 8 },
    smile: random.range(0, 0.8),
    browRaise: random.bell() * 0.5,
    light: {
      azimuth: random.range(-75, 75),
      elevation: random.range(5, 55),
      contrast: random.range(0.3, 0.8),
      warmth: random.bell(),
      exposure: random.range(0.8, 1.15),
    },
    glasses: random.chance(0.2) ? random.pick(["round", "square", "rimless"]) : "none",
    ageOffsetYears: 0,
    lensDistance: random.range(42, 75),
    headHeight: random.range(0.55, 0.68),
    offset: { x: random.bell() * 0.06, y: random.bell() * 0.03 },
    background: random.pick(["room", "window", "street", "dusk"]),
    clothes: random.next(),
    noise: random.range(0.2, 0.5),
    blur: random.range(0.3, 0.7),
  };
}

/** The first frame of a face clip: a phone at arm's length, seen head-on. */
export function clipCapture(person: Person, random: Random, seed: string): Capture {
  return {
    ...phoneCapture(person, random, seed),
    pose: neutralPose,
    smile: random.range(0, 0.2),
    headHeight: random.range(0.78, 0.88),
    offset: { x: 0, y: 0.03 },
  };
}

function usualHair(person: Person, random: Random): HairStyle {
  const curled = person.hairCurl > 0.7;
  if (person.masculinity > 0.5) {
    if (person.hairRecession > 0.6) return random.pick(["shaved", "shaved", "short"]);
    if (curled) return random.pick(["shaved", "short", "short", "afro"]);
    return random.pick(["short", "short", "crop", "sidePart", "sweptBack", "sweptFringe"]);
  }
  if (curled) return random.pick(["short", "bun", "bob", "afro", "wavy"]);
  return random.pick(["long", "bob", "bun", "long", "wavy", "fringeBob", "sweptFringe"]);
}

function usualBeard(person: Person, random: Random): Beard {
  if (person.masculinity < 0.5) return "none";
  return random.pick(["none", "none", "stubble", "stubble", "moustache", "goatee", "full"]);
}

import type { Random } from "./random.ts";

/** Every trait of the shape of a face, each from -1 to 1, 0 being ordinary. */
export const traitNames = [
  "faceWidth",
  "faceLength",
  "templeWidth",
  "foreheadHeight",
  "cheekbone",
  "cheekFullness",
  "weight",
  "jawWidth",
  "jawSquare",
  "chinLength",
  "chinWidth",
  "chinForward",
  "eyeSpacing",
  "eyeWidth",
  "eyeOpening",
  "eyeTilt",
  "eyeDepth",
  "lidFold",
  "eyeBag",
  "browHeight",
  "browThickness",
  "browArch",
  "browTilt",
  "browGap",
  "browRidge",
  "noseLength",
  "noseWidth",
  "noseBridgeWidth",
  "noseBridgeHeight",
  "noseHump",
  "noseTipUp",
  "noseTipSize",
  "noseForward",
  "mouthWidth",
  "upperLip",
  "lowerLip",
  "cupidBow",
  "mouthCorner",
  "philtrum",
  "earSize",
  "earFlare",
  "earLobe",
  "noseSkew",
  "mouthSkew",
  "browSkew",
] as const;
export type TraitName = (typeof traitNames)[number];
export type Traits = Readonly<Record<TraitName, number>>;

/** A small lasting mark of the skin; centimetres from the point between the eyes, +x to the viewer's right. */
export interface Mark {
  readonly kind: "mole" | "scar";
  readonly x: number;
  readonly y: number;
  readonly size: number;
}

/** What lasts about a synthetic person, whatever picture is taken of them. */
export interface Person {
  readonly id: string;
  readonly traits: Traits;
  /** 0 very light … 1 very dark. */
  readonly skinTone: number;
  /** -1 pink … 1 olive. */
  readonly skinWarmth: number;
  readonly freckles: number;
  readonly marks: readonly Mark[];
  /** 0 black, 0.4 brown, 0.7 fair, 1 blond. */
  readonly hairLightness: number;
  readonly hairRed: number;
  /** 0 straight … 1 tightly curled. */
  readonly hairCurl: number;
  /** 0 full … 1 bald in front. */
  readonly hairRecession: number;
  /** 0 dark brown, 0.5 hazel, 0.75 green, 1 blue. */
  readonly irisLightness: number;
  readonly lipRed: number;
  /** 0 finer features and no beard growth … 1 heavier features and full growth. */
  readonly masculinity: number;
  readonly ageYears: number;
}

/** Where a person's looks are drawn from. Ranges, so that a set stays varied. */
export interface Ancestry {
  readonly skinTone: readonly [number, number];
  readonly hairLightness: readonly [number, number];
  readonly hairCurl: readonly [number, number];
  readonly irisLightness: readonly [number, number];
  readonly shift: Partial<Record<TraitName, number>>;
}

export const ancestries = {
  eastAsian: {
    skinTone: [0.16, 0.42],
    hairLightness: [0, 0.1],
    hairCurl: [0, 0.1],
    irisLightness: [0, 0.12],
    shift: {
      lidFold: -0.8,
      noseBridgeHeight: -0.5,
      faceWidth: 0.3,
      eyeTilt: 0.25,
      browRidge: -0.4,
      cheekbone: 0.3,
      eyeDepth: -0.5,
      noseForward: -0.3,
    },
  },
  southeastAsian: {
    skinTone: [0.3, 0.58],
    hairLightness: [0, 0.1],
    hairCurl: [0, 0.25],
    irisLightness: [0, 0.1],
    shift: {
      lidFold: -0.45,
      noseBridgeHeight: -0.5,
      noseWidth: 0.4,
      upperLip: 0.25,
      eyeDepth: -0.3,
    },
  },
  middleEastern: {
    skinTone: [0.28, 0.56],
    hairLightness: [0, 0.22],
    hairCurl: [0.05, 0.5],
    irisLightness: [0, 0.45],
    shift: { noseHump: 0.4, noseBridgeHeight: 0.3, browThickness: 0.35, eyeDepth: 0.2 },
  },
  european: {
    skinTone: [0.02, 0.26],
    hairLightness: [0.12, 0.95],
    hairCurl: [0, 0.35],
    irisLightness: [0.1, 1],
    shift: { noseBridgeHeight: 0.2, upperLip: -0.25, eyeDepth: 0.2 },
  },
  african: {
    skinTone: [0.62, 0.94],
    hairLightness: [0, 0.08],
    hairCurl: [0.75, 1],
    irisLightness: [0, 0.08],
    shift: {
      noseWidth: 0.65,
      noseBridgeWidth: 0.35,
      noseBridgeHeight: -0.4,
      upperLip: 0.6,
      lowerLip: 0.6,
      noseForward: -0.3,
    },
  },
  latinAmerican: {
    skinTone: [0.18, 0.52],
    hairLightness: [0, 0.3],
    hairCurl: [0, 0.4],
    irisLightness: [0, 0.4],
    shift: { noseWidth: 0.2, cheekbone: 0.2, lowerLip: 0.15 },
  },
  southAsian: {
    skinTone: [0.42, 0.74],
    hairLightness: [0, 0.12],
    hairCurl: [0.05, 0.4],
    irisLightness: [0, 0.18],
    shift: { browThickness: 0.3, eyeBag: 0.25, lowerLip: 0.2 },
  },
} as const satisfies Record<string, Ancestry>;
export type AncestryName = keyof typeof ancestries;

const clampTrait = (value: number): number => Math.max(-1, Math.min(1, value));

function hasAllTraits(traits: Partial<Traits>): traits is Traits {
  return traitNames.every((name) => traits[name] !== undefined);
}

function mapTraits(value: (name: TraitName) => number): Traits {
  const traits: Partial<Record<TraitName, number>> = {};
  for (const name of traitNames) traits[name] = clampTrait(value(name));
  if (!hasAllTraits(traits)) throw new Error("A trait was left out; list it in traitNames.");
  return traits;
}

function drawMarks(random: Random): Mark[] {
  const marks: Mark[] = [];
  const count = random.integer(1, 4);
  for (let i = 0; i < count; i += 1) {
    const side = random.chance(0.5) ? 1 : -1;
    marks.push({
      kind: random.chance(0.12) ? "scar" : "mole",
      x: side * random.range(1.2, 5.4),
      y: random.range(-9, 5),
      size: random.range(0.08, 0.2),
    });
  }
  return marks;
}

export interface PersonOptions {
  readonly id: string;
  readonly random: Random;
  readonly ancestry: AncestryName;
  readonly masculinity?: number;
  readonly ageYears?: number;
}

/** Draws a new person. Everything comes from `random`, so the same seed gives the same person. */
export function createPerson(options: PersonOptions): Person {
  const { random } = options;
  const ancestry: Ancestry = ancestries[options.ancestry];
  const masculinity =
    options.masculinity ?? (random.chance(0.5) ? random.range(0.7, 1) : random.range(0, 0.25));
  const heavy = masculinity - 0.5;
  const sexShift: Partial<Record<TraitName, number>> = {
    jawWidth: heavy * 0.7,
    jawSquare: heavy * 0.9,
    browRidge: heavy * 1.2,
    browThickness: heavy * 0.9,
    browArch: -heavy * 0.8,
    browHeight: -heavy * 0.5,
    lowerLip: -heavy * 0.5,
    upperLip: -heavy * 0.5,
    eyeOpening: -heavy * 0.5,
    noseWidth: heavy * 0.3,
    chinLength: heavy * 0.5,
    chinWidth: heavy * 0.6,
    noseLength: heavy * 0.4,
    noseTipSize: heavy * 0.3,
    faceLength: heavy * 0.3,
    foreheadHeight: -heavy * 0.2,
    eyeWidth: -heavy * 0.3,
  };
  const ageYears = options.ageYears ?? Math.round(random.range(20, 58));
  return {
    id: options.id,
    traits: mapTraits(
      (name) => random.bell() * 1.15 + (ancestry.shift[name] ?? 0) * 0.8 + (sexShift[name] ?? 0),
    ),
    skinTone: random.range(...ancestry.skinTone),
    skinWarmth: random.bell(),
    freckles: random.chance(0.18) && ancestry.skinTone[0] < 0.3 ? random.range(0.4, 1) : 0,
    marks: drawMarks(random),
    hairLightness: random.range(...ancestry.hairLightness),
    hairRed:
      random.chance(0.15) && ancestry.hairLightness[1] > 0.3
        ? random.range(0.4, 1)
        : random.range(0, 0.2),
    hairCurl: random.range(...ancestry.hairCurl),
    hairRecession:
      masculinity > 0.5 ? random.range(0, 0.2) + (ageYears > 38 ? random.range(0, 0.65) : 0) : 0,
    irisLightness: random.range(...ancestry.irisLightness),
    lipRed: random.bell(),
    masculinity,
    ageYears,
  };
}

/** How close a relative or look-alike is: 0 gives the same traits, 1 a stranger's. */
export interface VariationOptions {
  readonly id: string;
  readonly random: Random;
  readonly distance: number;
  readonly ageYears?: number;
}

/**
 * Somebody else who looks like `person`: about 0.12 for identical twins, 0.35 for siblings, 0.3 for
 * a look-alike. Marks are never shared, because moles are not inherited.
 */
export function createVariation(person: Person, options: VariationOptions): Person {
  const { random, distance } = options;
  const near = (value: number, spread: number): number =>
    Math.max(0, Math.min(1, value + random.bell() * spread * distance));
  return {
    ...person,
    id: options.id,
    traits: mapTraits((name) => {
      // A floor under the step keeps even twins apart in every trait.
      const step = random.bell();
      return (
        person.traits[name] * (1 - distance * 0.4) + (step + Math.sign(step) * 0.15) * distance
      );
    }),
    skinTone: near(person.skinTone, 0.25),
    skinWarmth: person.skinWarmth * (1 - distance) + random.bell() * distance,
    marks: drawMarks(random),
    hairLightness: near(person.hairLightness, 0.2),
    hairCurl: near(person.hairCurl, 0.3),
    irisLightness: near(person.irisLightness, 0.4),
    hairRecession: person.masculinity > 0.5 ? near(person.hairRecession, 0.6) : 0,
    ageYears: options.ageYears ?? person.ageYears,
  };
}

/** Root mean square difference of two persons' traits: 0 for the same person, about 0.6 for strangers. */
export function personDistance(a: Person, b: Person): number {
  let sum = 0;
  for (const name of traitNames) sum += (a.traits[name] - b.traits[name]) ** 2;
  return Math.sqrt(sum / traitNames.length);
}

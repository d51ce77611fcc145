import { createPerson, createVariation, type AncestryName, type Person } from "../people/person.ts";
import { createRandom } from "../people/random.ts";

/** Somebody to draw: where their looks come from, and whom they take after. */
export interface Role {
  readonly ancestry: AncestryName;
  readonly masculinity: number;
  readonly ageYears: number;
  /** Somebody else whom this person resembles, and how much: see createVariation. */
  readonly like?: { readonly role: string; readonly distance: number };
}

const woman = 0.08;
const man = 0.92;

/** Everybody of the demo. Twins, sisters and look-alikes are people of their own. */
const roles: Readonly<Record<string, Role>> = {
  nhung: { ancestry: "southeastAsian", masculinity: woman, ageYears: 34 },
  jonas: { ancestry: "european", masculinity: man, ageYears: 31 },
  lukas: {
    ancestry: "european",
    masculinity: man,
    ageYears: 29,
    like: { role: "jonas", distance: 0.34 },
  },
  hanna: { ancestry: "european", masculinity: woman, ageYears: 27 },
  olena: {
    ancestry: "european",
    masculinity: woman,
    ageYears: 27,
    like: { role: "hanna", distance: 0.14 },
  },
  mariam: { ancestry: "middleEastern", masculinity: woman, ageYears: 38 },
  xiaolin: { ancestry: "eastAsian", masculinity: woman, ageYears: 24 },
  minh: { ancestry: "southeastAsian", masculinity: man, ageYears: 41 },
  bao: {
    ancestry: "southeastAsian",
    masculinity: man,
    ageYears: 36,
    like: { role: "minh", distance: 0.42 },
  },
  khoa: { ancestry: "southeastAsian", masculinity: man, ageYears: 45 },
  duc: { ancestry: "southeastAsian", masculinity: man, ageYears: 39 },
  marcus: { ancestry: "african", masculinity: man, ageYears: 33 },
  taras: { ancestry: "european", masculinity: man, ageYears: 47 },
  bohdan: {
    ancestry: "european",
    masculinity: man,
    ageYears: 44,
    like: { role: "taras", distance: 0.5 },
  },
  guowei: { ancestry: "eastAsian", masculinity: man, ageYears: 35 },
  haoran: {
    ancestry: "eastAsian",
    masculinity: man,
    ageYears: 33,
    like: { role: "guowei", distance: 0.36 },
  },
  khalid: { ancestry: "middleEastern", masculinity: man, ageYears: 46 },
  leonie: { ancestry: "european", masculinity: woman, ageYears: 36 },
  klara: {
    ancestry: "european",
    masculinity: woman,
    ageYears: 33,
    like: { role: "leonie", distance: 0.32 },
  },
  frieda: {
    ancestry: "european",
    masculinity: woman,
    ageYears: 40,
    like: { role: "leonie", distance: 0.38 },
  },
  dolores: { ancestry: "southAsian", masculinity: woman, ageYears: 61 },
  ricky: { ancestry: "southAsian", masculinity: man, ageYears: 26 },
  andrii: { ancestry: "european", masculinity: man, ageYears: 38 },
  petro: { ancestry: "european", masculinity: man, ageYears: 52 },
};

export type Cast = Readonly<Record<string, Role>>;

/** Draws somebody of the demo's cast or of a case's own; the same seed gives the same person. */
export function castPerson(seed: number, role: string, own: Cast = {}): Person {
  const part = own[role] ?? roles[role];
  if (part === undefined)
    throw new RangeError(`Nobody of the demo is called ${role}; add the role.`);
  const random = createRandom("demo person", seed, role);
  if (part.like === undefined) return createPerson({ id: role, random, ...part });
  return createVariation(castPerson(seed, part.like.role, own), {
    id: role,
    random,
    distance: part.like.distance,
    ageYears: part.ageYears,
  });
}

export const castRoles: readonly string[] = Object.keys(roles);

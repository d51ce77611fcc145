import {
  ancestries,
  createPerson,
  createVariation,
  type AncestryName,
  type Person,
} from "./person.ts";
import { createRandom } from "./random.ts";

/** How somebody of a set comes to look like somebody before them. */
type Relation = "twin" | "sibling" | "lookalike";

export interface SetPerson {
  readonly person: Person;
  readonly like?: { readonly id: string; readonly relation: Relation };
}

/** How far from the other: see createVariation. */
const relationDistance: Readonly<Record<Relation, number>> = {
  twin: 0.13,
  lookalike: 0.32,
  sibling: 0.38,
};

/** In each ten: seven who are nobody's relatives, then one of each relation to the first three. */
const group = 10;
const relations: readonly Relation[] = ["twin", "sibling", "lookalike"];

/** Somebody of a set: the same seed and number give the same person, whatever the set's size. */
export function personOfSet(seed: number, number: number): SetPerson {
  const id = `person-${String(number + 1).padStart(5, "0")}`;
  const random = createRandom("set person", seed, number);
  const place = number % group;
  const relation = relations[place - (group - relations.length)];
  if (relation === undefined) {
    const names = Object.keys(ancestries).filter(
      (name): name is AncestryName => name in ancestries,
    );
    const ancestry = names[(number - Math.floor(number / group) * 3) % names.length] ?? "european";
    return { person: createPerson({ id, random, ancestry }) };
  }
  const other = personOfSet(seed, number - (group - relations.length)).person;
  return {
    person: createVariation(other, {
      id,
      random,
      distance: relationDistance[relation],
      ageYears: other.ageYears + (relation === "twin" ? 0 : random.integer(1, 6)),
    }),
    like: { id: other.id, relation },
  };
}

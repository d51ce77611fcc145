import type { Comparison, Romanise } from "./comparison.ts";
import { compareAddresses } from "./compare-addresses.ts";
import { compareCharacters } from "./compare-characters.ts";
import { compareDates } from "./compare-dates.ts";
import { compareNames } from "./compare-names.ts";

/** Compares one attribute of both sides as its kind asks; nothing where one was not given. */
export function compareAttribute(
  field: string,
  sides: { readonly probe: string | undefined; readonly candidate: string | undefined },
  romanise: Romanise,
): Comparison {
  const { probe, candidate } = sides;
  if (probe === undefined || candidate === undefined) return { likeness: "unknown", words: "" };
  switch (field) {
    case "fullName":
      return compareNames(probe, candidate, romanise);
    case "dateOfBirth":
      return compareDates(probe, candidate);
    case "address":
      return compareAddresses(probe, candidate, romanise);
    case "documentType":
    case "nationality":
      return probe === candidate
        ? { likeness: "same", words: "the same" }
        : { likeness: "different", words: "different" };
    default:
      return compareCharacters(probe, candidate);
  }
}

import { z } from "zod";
import { ok, refuse, type Result } from "../../result.ts";
import type { RekognitionMatch } from "./answer.ts";

const ids = z.array(z.string().min(1)).default([]);

/** `gallery.json`: which account each of the collection's ids belongs to. */
export const knownPeopleSchema = z.strictObject({
  collectionId: z.string().min(1),
  /** As `DescribeCollection` and `IndexFaces` tell it. */
  faceModelVersion: z.string().min(1).optional(),
  people: z.array(
    z.strictObject({
      /** The folder with `candidate.json` and its files, beside `gallery.json`. */
      folder: z.string().regex(/^[\w-][\w .-]{0,127}$/),
      faceIds: ids,
      userIds: ids,
      externalImageIds: ids,
      /** The ref of the picture that was indexed, so that the face's box can be placed in it. */
      indexedPhoto: z.string().min(1).optional(),
    }),
  ),
});
export type KnownPeople = z.output<typeof knownPeopleSchema>;
export type KnownPerson = KnownPeople["people"][number];

/** Whose face or user a match is. The refusal is a sentence. */
export function createPersonFinder(
  people: readonly KnownPerson[],
): Result<(match: RekognitionMatch) => Result<KnownPerson, string>, string> {
  const byId = new Map<string, KnownPerson>();
  for (const person of people) {
    for (const key of keysOf(person)) {
      const other = byId.get(key);
      if (other !== undefined && other !== person) {
        return refuse(
          `gallery.json gives ${key} to both ${other.folder} and ${person.folder}; an id belongs to one account.`,
        );
      }
      byId.set(key, person);
    }
  }
  return ok((match) => {
    const keys = [
      ...(match.faceId === undefined ? [] : [`FaceId ${match.faceId}`]),
      ...(match.userId === undefined ? [] : [`UserId ${match.userId}`]),
      ...(match.externalImageId === undefined ? [] : [`ExternalImageId ${match.externalImageId}`]),
    ];
    const found = new Set(keys.flatMap((key) => byId.get(key) ?? []));
    const [person, other] = found;
    if (person === undefined) {
      return refuse(
        keys.length === 0
          ? "A match has neither FaceId, UserId nor ExternalImageId, so nobody can tell whose it is."
          : `gallery.json names no account for ${keys.join(", ")}; add it, as a match may not be left out.`,
      );
    }
    if (other === undefined) return ok(person);
    return refuse(
      `gallery.json gives the ids of one match (${keys.join(", ")}) to ${person.folder} and ${other.folder}; correct it.`,
    );
  });
}

function keysOf(person: KnownPerson): readonly string[] {
  return [
    ...person.faceIds.map((each) => `FaceId ${each}`),
    ...person.userIds.map((each) => `UserId ${each}`),
    ...person.externalImageIds.map((each) => `ExternalImageId ${each}`),
  ];
}

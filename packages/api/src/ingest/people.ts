import type { IngestSource } from "@secondlook/db/ingest/keys";
import { ensureSubject, findSubjects } from "@secondlook/db/ingest/store-case";
import type { Database } from "@secondlook/db/database";
import { type Id, newId } from "@secondlook/domain/ids";
import type { SubjectKey } from "@secondlook/vault/subject-key";
import type { Deps } from "../core/deps.ts";
import { Problem } from "./problem.ts";

/** An account that a case names, with its key opened. */
export interface Person {
  readonly id: Id<"subject">;
  readonly externalId: string;
  readonly key: SubjectKey;
  /** Its wrapped key where it is new; it is not stored yet. */
  readonly made: { readonly wrapped: Uint8Array; readonly keyId: Id<"key"> } | undefined;
}

/** Another request stored one of the accounts meanwhile, under another key: begin again. */
export class PeopleChanged extends Error {
  override readonly name = "PeopleChanged";
}

/**
 * The accounts by external id; new ones get an id and a key in memory, so that evidence is encrypted
 * and written before the transaction that names it, which then stays short.
 *
 * @throws Problem 410 where one was erased.
 */
export async function findPeople(
  deps: Deps,
  source: IngestSource,
  externalIds: readonly string[],
): Promise<ReadonlyMap<string, Person>> {
  const stored = await findSubjects(deps.db, { sourceId: source.sourceId, externalIds });
  const people = new Map<string, Person>();
  // In one order always, so that two requests that store the same accounts can't wait for each other.
  for (const externalId of externalIds.toSorted()) {
    const known = stored.get(externalId);
    const id = known?.id ?? newId("subject", deps.random);
    const made = known === undefined ? await deps.vault.newSubjectKey(id) : undefined;
    const wrapped = made?.wrapped ?? known?.wrappedKey ?? null;
    if (wrapped === null) throw erased();
    const key = await deps.vault.openSubjectKey({ wrapped, subjectId: id });
    people.set(externalId, { id, externalId, key, made });
  }
  return people;
}

/** Stores the new ones. Throws PeopleChanged where somebody else stored one first. */
export async function storePeople(
  tx: Database,
  source: IngestSource,
  people: Iterable<Person>,
): Promise<void> {
  for (const { id, externalId, made } of people) {
    if (made === undefined) continue;
    const stored = await ensureSubject(tx, {
      id,
      sourceId: source.sourceId,
      externalId,
      wrappedKey: made.wrapped,
      keyId: made.keyId,
    });
    if (stored.id !== id) throw new PeopleChanged("an account was stored by another request");
  }
}

function erased(): Problem {
  return new Problem(
    410,
    "subject_erased",
    "One of the accounts named was erased; send the case without it.",
  );
}

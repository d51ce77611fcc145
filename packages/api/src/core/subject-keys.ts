import { findWrappedKey } from "@secondlook/db/subjects/find-key";
import type { Database } from "@secondlook/db/database";
import type { SubjectKey } from "@secondlook/vault/subject-key";
import type { Deps } from "./deps.ts";
import { Refusal } from "./refusal.ts";

/**
 * The key of one subject, opened for this request only: a key kept between requests would outlive an
 * erasure. Throws Refusal `not_found` where the person was erased.
 */
export async function subjectKey(
  deps: Pick<Deps, "vault">,
  db: Database,
  subjectId: string,
): Promise<SubjectKey> {
  const wrapped = await findWrappedKey(db, subjectId);
  if (wrapped === undefined) {
    throw new Refusal("not_found", "This person's data was erased and can't be shown any more.");
  }
  return deps.vault.openSubjectKey({ wrapped, subjectId });
}

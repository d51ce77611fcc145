import type { Database } from "@secondlook/db/database";
import { ensureSource } from "@secondlook/db/ingest/keys";
import { ensureSubject, insertVerification } from "@secondlook/db/ingest/store-case";
import type { HistoryFrame, MadeUpSource } from "@secondlook/db/insights/load-history";
import { currentPolicy } from "@secondlook/db/policy/current-policy";
import { type Id, newId } from "@secondlook/domain/ids";
import type { Deps } from "../core/deps.ts";

type Parts = Pick<Deps, "vault" | "random">;

/** Makes what the cases of a made-up past share: its source, and two accounts without evidence. */
export async function makeHistoryFrame(
  parts: Parts,
  tx: Database,
  of: { readonly source: MadeUpSource; readonly staffIds: readonly string[] },
): Promise<HistoryFrame> {
  const policy = await currentPolicy(tx);
  const name = of.source;
  const sourceId = await ensureSource(tx, { id: newId("source", parts.random), name });
  const probe = await makeAccount(parts, tx, sourceId, "history-probe");
  const candidate = await makeAccount(parts, tx, sourceId, "history-candidate");
  return {
    sourceId,
    probeId: probe.verificationId,
    candidate,
    staffIds: of.staffIds,
    policyVersion: policy.version,
  };
}

/** An account whose attributes say nothing. */
async function makeAccount(
  { vault, random }: Parts,
  tx: Database,
  sourceId: Id<"source">,
  externalId: string,
): Promise<{ readonly subjectId: Id<"subject">; readonly verificationId: Id<"verification"> }> {
  const newSubjectId = newId("subject", random);
  const made = await vault.newSubjectKey(newSubjectId);
  // An earlier try that was cut short has made it already.
  const { id: subjectId, wrappedKey } = await ensureSubject(tx, {
    id: newSubjectId,
    sourceId,
    externalId,
    wrappedKey: made.wrapped,
    keyId: made.keyId,
  });
  if (wrappedKey === null) throw new Error("the account of a made-up past was erased");
  const key = await vault.openSubjectKey({ wrapped: wrappedKey, subjectId });
  const verificationId = newId("verification", random);
  await insertVerification(tx, {
    id: verificationId,
    subjectId,
    attributes: await key.encryptJson({}, { object: verificationId, purpose: "attributes" }),
    noticeVersion: "made-up",
    legalBasis: "none",
    consentedAt: undefined,
    capturedAt: undefined,
  });
  return { subjectId, verificationId };
}

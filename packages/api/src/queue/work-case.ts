import type { Database } from "@secondlook/db/database";
import type { LeaseClaim } from "@secondlook/db/queue/lease";
import { loadWorkCase, type StoredRating } from "@secondlook/db/queue/work-case";
import { policyVersion } from "@secondlook/db/policy/current-policy";
import { type PolicySettings, settingsFor } from "@secondlook/domain/policy/policy";
import type { SubjectKey } from "@secondlook/vault/subject-key";
import type { z } from "zod";
import type { Deps } from "../core/deps.ts";
import { lostLease } from "../core/lost-lease.ts";
import { subjectKey } from "../core/subject-keys.ts";
import { evidenceViews } from "./evidence-views.ts";
import { draftSchema, judgementSchema, type WorkCase } from "../schemas/work.ts";

/** What a sealed or amended rating was made of, as it is kept encrypted beside it. */
const detailSchema = judgementSchema.omit({ rating: true });

/** As `findWorkCase`; throws Refusal `lease_lost`. */
export async function workCaseOf(
  deps: Pick<Deps, "vault">,
  db: Database,
  lease: LeaseClaim,
): Promise<WorkCase> {
  const found = await findWorkCase(deps, db, lease);
  if (found === undefined) throw await lostLease(db, lease);
  return found;
}

/**
 * A case as its reviewer gets it, under this lease: with their own seals and draft, and with nothing
 * of the machine's, of earlier rounds or of other people. Undefined where the lease is lost.
 */
export async function findWorkCase(
  deps: Pick<Deps, "vault">,
  db: Database,
  lease: LeaseClaim,
): Promise<WorkCase | undefined> {
  const stored = await loadWorkCase(db, lease);
  if (stored === undefined) return undefined;
  const { held } = stored;
  const policy = await policyVersion(db, held.policyVersion);
  if (policy === undefined) throw new Error(`policy ${held.policyVersion} is pinned but missing`);
  const draft = stored.draft ?? stored.earlierDraft;
  const encrypted = draft !== null || stored.candidates.some((each) => each.ratings.length > 0);
  // Opened only where there is something to open.
  const key = encrypted ? await subjectKey(deps, db, held.probeSubjectId) : undefined;
  const views = evidenceViews(deps);
  return {
    caseId: held.caseId,
    fence: held.fence,
    leaseUntil: held.leaseUntil.toISOString(),
    hardUntil: held.hardUntil?.toISOString() ?? null,
    region: held.region,
    dueAt: stored.dueAt.toISOString(),
    probe: { evidence: await views(stored.probe) },
    candidates: await Promise.all(
      stored.candidates.map(async (candidate) => {
        const [sealed, ...amendments] = await Promise.all(
          candidate.ratings.map(async (rating) => openRating(key, candidate.candidateId, rating)),
        );
        return {
          candidateId: candidate.candidateId,
          evidence: await views(candidate.evidence),
          sealed: sealed ?? null,
          amendments,
          viewedMs: Math.round(candidate.viewedMs),
        };
      }),
    ),
    revealed: stored.revealed,
    draft:
      draft === null || key === undefined
        ? null
        : draftOf(await key.decryptJson(draft, { object: held.caseId, purpose: "draft" }), {
            isEarlier: stored.draft === null,
          }),
    rules: rulesOf(settingsFor(policy.document, held.region)),
  };
}

/**
 * Of a draft that was written before the evidence or the candidates changed, the texts are given back
 * and nothing else: what was thought of the faces was thought of other pictures.
 */
function draftOf(
  content: unknown,
  { isEarlier }: { readonly isEarlier: boolean },
): z.output<typeof draftSchema> {
  const draft = draftSchema.parse(content);
  if (!isEarlier) return draft;
  const { rationale, question } = draft;
  const nothing = { judgements: {}, findings: {}, outcome: null, reasons: [], exemptionNote: "" };
  return { ...nothing, rationale, question };
}

async function openRating(
  key: SubjectKey | undefined,
  candidateId: string,
  stored: StoredRating,
): Promise<z.output<typeof judgementSchema>> {
  if (key === undefined) throw new Error("a rating was read without its key");
  const detail = await key.decryptJson(stored.detail, {
    object: candidateId,
    purpose: "judgement",
  });
  return { rating: stored.rating, ...detailSchema.parse(detail) };
}

function rulesOf(settings: PolicySettings): WorkCase["rules"] {
  return {
    blindJudging: settings.blindJudging,
    attributesAfterSeal: settings.attributesAfterSeal,
    minimumViewSeconds: settings.minimumViewSeconds,
    heartbeatSeconds: settings.heartbeatSeconds,
    hardCapWarningMinutes: settings.hardCapWarningMinutes,
    undoSeconds: settings.undoSeconds,
    reasonCodes: settings.reasonCodes,
    rationales: settings.rationales ?? {},
  };
}

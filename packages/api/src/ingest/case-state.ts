import type { Database } from "@secondlook/db/database";
import { effectiveDecision } from "@secondlook/db/decisions/effective-decision";
import {
  type CaseState,
  findCaseState,
  findingsOf,
  type LastDecision,
  lastSettledDecision,
} from "@secondlook/db/ingest/case-state";
import type { IngestSource } from "@secondlook/db/ingest/keys";
import { type CaseUpdate, caseUpdates } from "@secondlook/db/upstream/case-updates";
import type { Stage } from "@secondlook/domain/cases/stage";
import {
  UPSTREAM_EFFECTS,
  UPSTREAM_KINDS,
  WITHDRAWAL_REASONS,
  WITHDRAWERS,
} from "@secondlook/domain/cases/upstream";
import { FINDINGS, OUTCOMES } from "@secondlook/domain/decisions/outcome";
import { REASON_CODES, REASONS } from "@secondlook/domain/decisions/reasons";
import { isId } from "@secondlook/domain/ids";
import { z } from "zod";
import type { Deps } from "../core/deps.ts";
import type { Recorder } from "../core/recorder.ts";
import { Problem } from "./problem.ts";

/** What upstream is told of its case: no free text, no staff, no score, no attributes. */
export const caseStateSchema = z.object({
  caseId: z.string(),
  externalId: z.string(),
  subjectExternalId: z.string(),
  stage: z.enum(["in_review", "awaiting_capture", "settled", "withdrawn", "lapsed"]),
  receivedAt: z.iso.datetime(),
  dueAt: z.iso.datetime(),
  /** With `awaiting_capture`: why a new capture is asked for. */
  captureRequest: z
    .object({ reasons: z.array(z.object({ code: z.enum(REASON_CODES), words: z.string() })) })
    .nullable(),
  /** The effective decision, once the last round asked for has settled. */
  decision: z
    .object({
      outcome: z.enum(OUTCOMES),
      reasons: z.array(z.object({ code: z.enum(REASON_CODES), words: z.string() })),
      findings: z.array(z.object({ externalId: z.string(), finding: z.enum(FINDINGS) })),
      policyVersion: z.int(),
      decidedAt: z.iso.datetime(),
      effectiveAt: z.iso.datetime(),
    })
    .nullable(),
  /** What was sent for the case after it, oldest first, and what came of each. */
  updates: z.array(
    z.object({
      kind: z.enum(UPSTREAM_KINDS),
      effect: z.enum(UPSTREAM_EFFECTS),
      receivedAt: z.iso.datetime(),
    }),
  ),
  withdrawal: z
    .object({
      by: z.enum(WITHDRAWERS),
      reason: z.enum(WITHDRAWAL_REASONS),
      receivedAt: z.iso.datetime(),
    })
    .nullable(),
});

/** The state of a source's own case. Throws Problem 404. */
export async function caseState(
  deps: Deps,
  recorder: Recorder,
  source: IngestSource,
  caseId: string,
): Promise<z.output<typeof caseStateSchema>> {
  const state = isId("case", caseId)
    ? await findCaseState(deps.db, { caseId, sourceId: source.sourceId })
    : undefined;
  if (state === undefined)
    throw new Problem(404, "no_such_case", "None of your cases has this id.");
  const last = state.settling ? undefined : await restsOn(deps.db, state);
  const stage = stageFor(state.stage, last !== undefined);
  const updates = await caseUpdates(deps.db, state.caseId);
  const findings = last === undefined ? [] : await findingsOf(deps.db, last.id);
  await recorder.read([
    {
      kind: "case.view",
      outcome: "allowed",
      case: state.caseId,
      subject: state.subjectId,
      source: source.sourceId,
      key: source.keyId,
      purpose: { code: "upstream_state" },
    },
  ]);
  const reasons = last?.reasons.map((code) => ({ code, words: REASONS[code].words })) ?? [];
  return caseStateSchema.parse({
    caseId: state.caseId,
    externalId: state.externalId,
    subjectExternalId: state.subjectExternalId,
    stage,
    receivedAt: state.receivedAt.toISOString(),
    dueAt: state.dueAt.toISOString(),
    captureRequest: stage === "awaiting_capture" ? { reasons } : null,
    decision:
      last === undefined || stage !== "settled"
        ? null
        : {
            outcome: last.outcome,
            reasons,
            findings,
            policyVersion: last.policyVersion,
            decidedAt: last.decidedAt.toISOString(),
            effectiveAt: last.effectiveAt.toISOString(),
          },
    updates: updates.map(({ kind, effect, receivedAt }) => ({
      kind,
      effect,
      receivedAt: receivedAt.toISOString(),
    })),
    withdrawal: withdrawalOf(updates),
  });
}

function withdrawalOf(
  updates: readonly CaseUpdate[],
): z.output<typeof caseStateSchema>["withdrawal"] {
  for (const { by, reason, receivedAt } of updates) {
    if (by === null || reason === null) continue;
    return { by, reason, receivedAt: receivedAt.toISOString() };
  }
  return null;
}

/** What a case that rests rests on: the decision that holds, or the one that asks for a new capture. */
async function restsOn(db: Database, state: CaseState): Promise<LastDecision | undefined> {
  if (state.stage === "settled") return effectiveDecision(db, state.caseId);
  if (state.stage === "awaiting_capture") return lastSettledDecision(db, state);
  return undefined;
}

/** Upstream is told of no round, and of no end that can still be taken back. */
function stageFor(stage: Stage, decided: boolean): z.output<typeof caseStateSchema>["stage"] {
  if (stage === "withdrawn" || stage === "lapsed") return stage;
  return decided && (stage === "settled" || stage === "awaiting_capture") ? stage : "in_review";
}

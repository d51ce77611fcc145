import type { EventBody } from "@secondlook/audit/event";
import { currentTime, lockCase } from "@secondlook/db/decisions/case-history";
import { lockRoundDue } from "@secondlook/db/decisions/undo-decision";
import { currentPolicy } from "@secondlook/db/policy/current-policy";
import { insertCaseUpdate } from "@secondlook/db/upstream/case-updates";
import { keepAnswer } from "@secondlook/db/upstream/idempotency";
import {
  type ClosedRound,
  closeOpenRound,
  moveByUpstream,
} from "@secondlook/db/upstream/move-case";
import { lockAccounts, newestCandidates, type OwnCase } from "@secondlook/db/upstream/own-case";
import type { CaseState } from "@secondlook/domain/cases/transition";
import {
  changeByUpstream,
  UPSTREAM_REFUSALS,
  type UpstreamEffect,
  type UpstreamKind,
} from "@secondlook/domain/cases/upstream";
import { type PolicySettings, settingsFor } from "@secondlook/domain/policy/policy";
import type { Database } from "@secondlook/db/database";
import type { Recorder } from "../core/recorder.ts";
import { requireGoodKey } from "../ingest/authenticate.ts";
import { PeopleChanged, type Person, storePeople } from "../ingest/people.ts";
import { Problem } from "../ingest/problem.ts";
import { CaseMoved } from "../ingest/store-sealed.ts";
import type { KeptAnswer, SentMessage } from "./idempotency.ts";
import type { SealedMessage } from "./message.ts";

/** A message that waits for nothing but its transaction. */
export interface MessageToStore {
  readonly kind: UpstreamKind;
  readonly sent: SentMessage;
  readonly own: OwnCase;
  readonly people: ReadonlyMap<string, Person>;
  readonly sealed: SealedMessage;
}

/**
 * Stores a message, moves its case and cancels whatever lease is on it: one transaction with its
 * events and the answer under its key, or nothing.
 *
 * @throws Problem 401 or 409; CaseMoved and PeopleChanged where another request was quicker.
 */
export function storeMessage(
  recorder: Recorder,
  { kind, sent, own, people, sealed }: MessageToStore,
): Promise<UpstreamEffect> {
  const { caseId, source } = sent;
  return recorder.transaction(async (tx, record) => {
    await requireGoodKey(tx, source);
    const before = await lockForMessage(tx, own);
    await storePeople(tx, source, people.values());
    const named = [own.probeSubjectId, ...[...people.values()].map(({ id }) => id)];
    if (!(await lockAccounts(tx, named))) throw new PeopleChanged("an account was erased");
    const settings = settingsFor((await currentPolicy(tx)).document, own.region);
    const at = (await currentTime(tx)).getTime();
    const changed = changeByUpstream(before, { kind, at }, settings);
    if (!changed.ok) {
      throw new Problem(409, changed.refusal, UPSTREAM_REFUSALS[changed.refusal]);
    }
    const { state: after, effect } = changed.value;
    const landing = { effect, cycle: kind === "withdrawal" ? before.cycle : before.cycle + 1 };
    await keepAnswer(tx, { ...sent, answer: { effect } satisfies KeptAnswer });
    await sealed.store(tx, landing.cycle, await newestCandidates(tx, caseId));
    await insertCaseUpdate(tx, {
      caseId,
      kind,
      cycle: before.cycle,
      effect,
      keyId: source.keyId,
      withdrawal: sealed.withdrawal,
    });
    for (const event of sealed.events(landing)) {
      await record({
        ...event,
        outcome: "allowed",
        case: caseId,
        source: source.sourceId,
        key: source.keyId,
      });
    }
    if (effect !== "kept") {
      const closed = await moveOn(tx, { kind, own, before, after, settings });
      if (closed !== undefined && closed.holder !== null) {
        await record(cancelEvent(own, { ...closed, holder: closed.holder }, kind));
      }
    }
    return effect;
  });
}

/** The round that is due, and then its case: in the order in which everybody locks them. */
async function lockForMessage(tx: Database, { caseId }: OwnCase): Promise<CaseState> {
  const due = await lockRoundDue(tx, caseId);
  const state = await lockCase(tx, caseId);
  if (state === undefined) throw new Error("a case is gone");
  const isAsLocked =
    due === undefined ? state.due === null : due.round === state.due && due.cycle === state.cycle;
  if (!isAsLocked) throw new CaseMoved("another round is due by now");
  return state;
}

async function moveOn(
  tx: Database,
  of: {
    readonly kind: UpstreamKind;
    readonly own: OwnCase;
    readonly before: CaseState;
    readonly after: CaseState;
    readonly settings: PolicySettings;
  },
): Promise<ClosedRound | undefined> {
  const { kind, own, before, after } = of;
  const { caseId } = own;
  const closed = await closeOpenRound(tx, { caseId, reason: kind });
  const rested = before.due === null && after.due !== null;
  const slaMinutes = rested ? of.settings.slaMinutes[own.priority] : undefined;
  const moved = await moveByUpstream(tx, { caseId, from: before, to: after, slaMinutes });
  if (!moved) throw new CaseMoved("the case is elsewhere by now");
  return closed;
}

function cancelEvent(
  own: OwnCase,
  { cycle, round, fence, holder, ranOut }: ClosedRound & { readonly holder: `usr_${string}` },
  kind: UpstreamKind,
): EventBody {
  return {
    kind: ranOut ? "case.expire" : "case.cancel",
    outcome: "allowed",
    case: own.caseId,
    subject: own.probeSubjectId,
    cycle,
    round,
    fence,
    user: holder,
    reason: kind,
  };
}

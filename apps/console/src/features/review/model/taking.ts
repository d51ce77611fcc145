import type { MaskedField } from "@secondlook/domain/attributes/masked-fields";
import type { ClaimResult, WorkCandidate, WorkCase } from "../../../lib/contract.ts";
import { isRefusal, type Problem } from "../../../lib/problem.ts";
import {
  allSealed,
  type Bench,
  currentCandidate,
  hasLooked,
  pairKey,
  PROBE_ALONE,
  type Unmasked,
} from "./bench.ts";
import { attempt, type Desk, insist, whileBusy } from "./desk.ts";
import { openBench, reopenBench } from "./open-bench.ts";
import { prefetchCase, prefetchPair } from "./prefetch.ts";
import { leaseOf, type ReviewState } from "./review-state.ts";

/** Claims what comes next, or goes on with what one holds. */
export async function takeNext(desk: Desk): Promise<void> {
  await whileBusy(desk, "claiming", () => claim(desk));
}

/** As `takeNext`, within something that is under way already. */
export async function claim(desk: Desk): Promise<void> {
  const result = await insist(desk, desk.api.claimNext, () => true);
  if (result.ok) layOut(desk, result.value);
  else if (desk.state.get().bench === null) fail(desk, result.problem);
  else desk.patch({ hint: result.problem.message });
}

/**
 * Lays out what the server gave. What is being filled in stays where it is the same case, whether
 * it was painted ahead, taken again or brought back.
 */
export function layOut(desk: Desk, result: ClaimResult, kept?: Bench): void {
  const { bench } = desk.state.get();
  if (result.state === "empty") {
    desk.patch({
      phase: "empty",
      empty: { reason: result.reason, nextAt: result.nextAt },
      bench: null,
      reserved: null,
      lost: null,
    });
    desk.media.keepOnly([]);
    return;
  }
  const { active, reserved } = result;
  const before = [kept, bench].find((each) => each?.work.caseId === active.caseId);
  desk.media.renew(leaseOf(active));
  const next =
    before === null || before === undefined ? openBench(active) : reopenBench(before, active);
  desk.patch({
    phase: "working",
    bench: next,
    reserved,
    empty: null,
    problem: null,
    lost: null,
    hint: null,
    attention: null,
  });
  desk.media.keepOnly([active.caseId, ...(reserved === null ? [] : [reserved.caseId])]);
  void openPair(desk);
  if (reserved !== null) void prefetchReserved(desk, active, reserved);
  if (active.revealed) void revealAgain(desk, next);
}

/** The reserved case is loaded once the pair on the stage has arrived, so that it slows nothing. */
async function prefetchReserved(desk: Desk, active: WorkCase, reserved: WorkCase): Promise<void> {
  await desk.media.settled(active.caseId);
  if (desk.state.get().reserved === reserved) prefetchCase(desk.media, reserved);
}

/** Loads the pair on the stage, and opens what a seal opened. */
export async function openPair(desk: Desk): Promise<void> {
  const { bench } = desk.state.get();
  if (bench === null) return;
  const candidate = currentCandidate(bench);
  // Browsers open six connections to a server: what is looked at goes before what comes next.
  prefetchPair(desk.media, bench.work, bench.position);
  if (candidate !== undefined && candidate.sealed !== null) {
    await openAttributes(desk, bench, candidate);
  }
}

/** Tells the server, once under a lease, that the pair on the stage is looked at from now on. */
export async function look(desk: Desk): Promise<void> {
  const { bench, lost, busy } = desk.state.get();
  // A case that is painted ahead of the server's answer is not open under its lease yet.
  if (bench === null || lost !== null || busy === "deciding") return;
  const candidate = currentCandidate(bench);
  if (hasLooked(bench) || (candidate !== undefined && candidate.sealed !== null)) return;
  const key = pairKey(bench);
  desk.change(bench, (current) => ({ ...current, looked: [...current.looked, key] }));
  if (candidate === undefined) return;
  const { candidateId } = candidate;
  const still = () => desk.isStill(bench) && desk.state.get().bench?.position === bench.position;
  const lease = leaseOf(bench.work);
  const opened = await insist(desk, () => desk.api.openCandidate(lease, candidateId), still);
  if (!opened.ok) {
    if (still()) refusedBy(desk, opened.problem);
  } else if (!bench.work.rules.attributesAfterSeal) await openAttributes(desk, bench, candidate);
}

/** Opens names, attributes and shared signals of a pair, or of a probe alone, once under a lease. */
export async function openAttributes(
  desk: Desk,
  bench: Bench,
  candidate: WorkCandidate | undefined,
): Promise<void> {
  const candidateId = candidate?.candidateId ?? null;
  const key = candidateId ?? PROBE_ALONE;
  if (!desk.isStill(bench) || desk.state.get().bench?.attributes[key] !== undefined) return;
  const result = await insist(
    desk,
    () => desk.api.attributes(leaseOf(bench.work), candidateId),
    () => desk.isStill(bench),
  );
  if (result.ok) {
    desk.change(bench, (current) => ({
      ...current,
      attributes: { ...current.attributes, [key]: result.value },
    }));
  } else if (desk.isStill(bench)) refusedBy(desk, result.problem);
}

/** Shows a masked field of the pair on the stage, which stands in the log each time; or hides it. */
export async function toggleMask(desk: Desk, field: MaskedField): Promise<void> {
  const { bench, lost } = desk.state.get();
  if (bench === null || lost !== null) return;
  const key = pairKey(bench);
  const view = bench.attributes[key];
  if (view?.masked.some((each) => each.field === field) !== true) return;
  const { candidateId } = view;
  const show = (values: Unmasked[MaskedField]) =>
    desk.change(bench, (current) => ({
      ...current,
      unmasked: {
        ...current.unmasked,
        [key]: without(current.unmasked[key] ?? {}, field, values),
      },
    }));
  if (bench.unmasked[key]?.[field] !== undefined) {
    show(undefined);
    return;
  }
  const result = await attempt(() => desk.api.revealField(leaseOf(bench.work), candidateId, field));
  if (result.ok) {
    const { probe, candidate: other } = result.value;
    show({ probe, candidate: other });
    desk.say("Shown. That is recorded.");
  } else if (desk.isStill(bench)) refusedBy(desk, result.problem);
}

function without(shown: Unmasked, field: MaskedField, values: Unmasked[MaskedField]): Unmasked {
  const { [field]: _before, ...others } = shown;
  return values === undefined ? others : { ...others, [field]: values };
}

/** What was revealed once in this round is shown again after a reload. */
async function revealAgain(desk: Desk, bench: Bench): Promise<void> {
  if (bench.reveal !== null || !allSealed(bench.work)) return;
  const result = await attempt(() => desk.api.reveal(leaseOf(bench.work)));
  if (!result.ok) return;
  desk.change(bench, (current) => ({ ...current, reveal: result.value }));
  openProbeAlone(desk);
}

/** Where there is no candidate to seal, the probe's details open with the decision. */
export function openProbeAlone(desk: Desk): void {
  const { bench } = desk.state.get();
  if (bench?.work.candidates.length === 0) void openAttributes(desk, bench, undefined);
}

/** Says why the server refused; a lost lease and an ended session have screens of their own. */
export function refusedBy(desk: Desk, problem: Problem): void {
  if (isRefusal(problem, "lease_lost")) void loseLease(desk);
  else if (!isRefusal(problem, "signed_out")) desk.patch({ hint: problem.message });
}

type Lost = ReviewState["lost"];
const UNTOLD: NonNullable<Lost> = { free: null, why: null };

/** Says at once that the lease is gone, and asks whether the case is free, and why, if untold. */
export async function loseLease(desk: Desk, told: NonNullable<Lost> = UNTOLD): Promise<void> {
  const { bench, lost } = desk.state.get();
  if (bench === null || (lost !== null && told.free === null)) return;
  const { free, why } = told;
  desk.patch({ lost: { free, why }, busy: null, hint: null });
  desk.media.forget(bench.work.caseId);
  desk.say("Your lease on this case is lost. What you filled in is kept.", { urgent: true });
  if (free === false && why === null) await tellOwnDecision(desk, bench);
  if (free !== null) return;
  const result = await attempt(() => desk.api.heartbeat([leaseOf(bench.work)], true));
  if (!result.ok || !desk.isStill(bench)) return;
  const mine = result.value.find((each) => each.caseId === bench.work.caseId);
  if (mine?.state !== "lost") return;
  desk.patch({ lost: { free: mine.free, why: mine.why } });
  if (!mine.free && mine.why === null) await tellOwnDecision(desk, bench);
}

/** Two tabs of one person: the case that is gone here may have been decided in the other. */
async function tellOwnDecision(desk: Desk, bench: Bench): Promise<void> {
  const own = await attempt(desk.api.undoable);
  if (!own.ok || own.value?.caseId !== bench.work.caseId || !desk.isStill(bench)) return;
  desk.patch({ lost: { free: false, why: null, mine: true } });
}

function fail(desk: Desk, problem: Problem): void {
  if (!isRefusal(problem, "signed_out")) desk.patch({ phase: "failed", problem });
}

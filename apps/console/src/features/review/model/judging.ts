import { isRefusal, type Problem } from "../../../lib/problem.ts";
import type { CandidateId, SealedJudgement } from "../../../lib/contract.ts";
import { type Bench, currentCandidate, judgementForm } from "./bench.ts";
import { judgementTaken } from "./changes.ts";
import { type Desk, insistSeen, whileBusy } from "./desk.ts";
import { leaseOf } from "./review-state.ts";
import { claim, loseLease, openAttributes, openProbeAlone, refusedBy } from "./taking.ts";

/** Seals the judgement of the candidate on the stage. */
export async function seal(desk: Desk): Promise<void> {
  await judge(desk, "sealing");
}

/** Puts an amendment beside the seal. */
export async function amend(desk: Desk): Promise<void> {
  await judge(desk, "amending");
}

async function judge(desk: Desk, busy: "sealing" | "amending"): Promise<void> {
  const { bench } = desk.state.get();
  const made = bench === null ? null : judgementOf(bench);
  if (bench === null || made === null) return;
  const { candidateId, judgement } = made;
  const viewing = desk.viewing.current?.() ?? null;
  await whileBusy(desk, busy, async () => {
    const send = busy === "sealing" ? desk.api.seal : desk.api.amend;
    const result = await insistSeen(
      desk,
      () => send(leaseOf(bench.work), candidateId, judgement, viewing),
      () => desk.isStill(bench),
    );
    if (!desk.isStill(bench)) return;
    if (result.ok) taken(desk, bench, candidateId, judgement);
    else await refusedJudgement(desk, result.problem, made);
  });
}

const ALREADY_SEALED = "Sealed already, perhaps in another tab: what stands here counts.";

interface Made {
  readonly candidateId: CandidateId;
  readonly judgement: SealedJudgement;
}

function judgementOf(bench: Bench): Made | null {
  const candidate = currentCandidate(bench);
  if (candidate === undefined) return null;
  const { rating, components, missing } = judgementForm(bench, candidate.candidateId);
  if (rating === null) return null;
  return { candidateId: candidate.candidateId, judgement: { rating, components, missing } };
}

function taken(
  desk: Desk,
  bench: Bench,
  candidateId: CandidateId,
  judgement: SealedJudgement,
): void {
  desk.change(bench, (current) => judgementTaken(current, candidateId, judgement));
  const after = desk.state.get().bench;
  if (after === null) return;
  const { candidates } = after.work;
  const sealed = candidates.filter((each) => each.sealed !== null).length;
  desk.say(
    bench.amending ? "The amendment is recorded." : `Sealed ${sealed} of ${candidates.length}.`,
  );
  const candidate = candidates.find((each) => each.candidateId === candidateId);
  if (candidate !== undefined) void openAttributes(desk, after, candidate);
}

async function refusedJudgement(
  desk: Desk,
  problem: Problem,
  { candidateId, judgement }: Made,
): Promise<void> {
  if (isRefusal(problem, "already_sealed")) {
    // Sealed in another tab, or an answer was lost on its way; the server's word is asked for.
    await claim(desk);
    const now = desk.state.get().bench?.work.candidates;
    const stands = now?.find((each) => each.candidateId === candidateId)?.sealed?.rating;
    if (stands === undefined || stands === judgement.rating) return;
    desk.patch({ hint: ALREADY_SEALED });
    desk.say(ALREADY_SEALED);
  } else refusedBy(desk, problem);
}

/** The one reveal of the round: what the machine said. */
export async function reveal(desk: Desk): Promise<void> {
  const { bench } = desk.state.get();
  if (bench === null) return;
  await whileBusy(desk, "revealing", async () => {
    const result = await insistSeen(
      desk,
      () => desk.api.reveal(leaseOf(bench.work)),
      () => desk.isStill(bench),
    );
    if (!desk.isStill(bench)) return;
    if (result.ok) {
      desk.change(bench, (current) => ({ ...current, reveal: result.value }));
      openProbeAlone(desk);
      desk.say("Revealed: the machine's view stands beside yours. Choose an outcome.");
    } else if (isRefusal(result.problem, "lease_lost")) await loseLease(desk);
    else refusedBy(desk, result.problem);
  });
}

import type { HeldRound } from "@secondlook/db/queue/lease";
import type { Id } from "@secondlook/domain/ids";
import type { Rating } from "@secondlook/domain/judging/rating";
import type { z } from "zod";
import type { Staff } from "../src/core/context.ts";
import { Refusal } from "../src/core/refusal.ts";
import type { submitInput, submitOutput } from "../src/schemas/decisions.ts";
import type { judgementSchema } from "../src/schemas/work.ts";
import type { Desk, Scene } from "./desk.ts";

export type Submission = z.input<typeof submitInput>;

/** A judgement with what its rating needs. */
export function judgementOf(rating: Rating): z.input<typeof judgementSchema> {
  return { rating, components: { ears: "alike" }, missing: rating === 0 ? ["pose_differs"] : [] };
}

/** Opens each candidate long enough and seals these ratings, in the order of `scene.candidates`. */
export async function sealAll(
  desk: Desk,
  staff: Staff,
  held: HeldRound,
  ratings: readonly (readonly [Id<"candidate">, Rating])[],
): Promise<void> {
  const lease = { caseId: held.caseId, fence: held.fence };
  for (const [candidateId, rating] of ratings) {
    await desk.as(staff).judging.openCandidate({ ...lease, candidateId });
    await desk.advance(4);
    await desk.as(staff).judging.seal({ ...lease, candidateId, judgement: judgementOf(rating) });
  }
}

/** A candidate under a lease, as calls name it. */
export interface Lease {
  readonly caseId: `cas_${string}`;
  readonly fence: number;
  readonly candidateId: `cnd_${string}`;
}

/** Names the scene's candidates, in their order, under a lease. */
export function leaseOf(scene: Scene, held: HeldRound): (index: number) => Lease {
  return (index) => {
    const candidate = scene.candidates[index];
    if (candidate === undefined) throw new Error("no such candidate");
    return { caseId: held.caseId, fence: held.fence, candidateId: candidate.candidateId };
  };
}

/** What to decide: each candidate's finding by one letter (`s`, `d`, `u`), in the scene's order. */
export interface Verdict {
  readonly outcome: Submission["outcome"];
  readonly findings: string;
  readonly change?: Partial<Submission>;
}

const FINDINGS = { s: "same", d: "different", u: "unresolved" } as const;
const RATING = { s: 2, d: -2, u: 0 } as const;
const REASON = {
  duplicate: "same_face",
  permitted_second_account: "exemption_business",
  distinct: "different_face",
  inconclusive: "cannot_tell",
  identity_mule: "fronted_account",
} as const;

function letterOf(letter: string | undefined): "s" | "d" | "u" {
  if (letter === "s" || letter === "d" || letter === "u") return letter;
  throw new Error("a finding is s, d or u");
}

/** A whole submission for a lease. */
export function submissionOf(scene: Scene, held: HeldRound, verdict: Verdict): Submission {
  const { outcome, findings, change } = verdict;
  return {
    caseId: held.caseId,
    fence: held.fence,
    outcome,
    findings: scene.candidates.map(({ candidateId }, index) => ({
      candidateId,
      finding: FINDINGS[letterOf(findings[index])],
    })),
    reasons: [REASON[outcome]],
    rationale: "Because of the ears.",
    exemption: null,
    inconclusiveRoute: outcome === "inconclusive" ? "lead" : null,
    question: outcome === "inconclusive" ? "Is it the same scar?" : null,
    ...change,
  };
}

export interface Worked {
  readonly held: HeldRound;
  readonly decided: z.output<typeof submitOutput>;
}

/** Claims, seals and decides; the clock stands at the decision. */
export async function work(
  desk: Desk,
  scene: Scene,
  staff: Staff,
  verdict: Verdict,
): Promise<Worked> {
  const held = await claimed(scene, staff);
  await sealAll(
    desk,
    staff,
    held,
    scene.candidates.map(({ candidateId }, index) => [
      candidateId,
      RATING[letterOf(verdict.findings[index])],
    ]),
  );
  const decided = await desk.as(staff).decisions.submit(submissionOf(scene, held, verdict));
  return { held, decided };
}

/** Claims, and fails where there is nothing. */
export async function claimed(scene: Scene, staff: Staff): Promise<HeldRound> {
  const held = await scene.claim(staff);
  if (held === undefined) throw new Error("nothing to claim");
  return held;
}

/** The code of the refusal that a call ends with, or `allowed`; any other failure is one of the test. */
export async function refusalOf(call: Promise<unknown>): Promise<string> {
  try {
    await call;
    return "allowed";
  } catch (error) {
    if (error instanceof Error && error.cause instanceof Refusal) return error.cause.code;
    throw error;
  }
}

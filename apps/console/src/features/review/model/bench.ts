import type { MaskedField } from "@secondlook/domain/attributes/masked-fields";
import type { Finding, Outcome } from "@secondlook/domain/decisions/outcome";
import { type ReasonCode, reasonsAllowed } from "@secondlook/domain/decisions/reasons";
import type { Rating } from "@secondlook/domain/judging/rating";
import type {
  AttributesView,
  CandidateId,
  Reveal,
  RevealedField,
  SealedJudgement,
  WorkCandidate,
  WorkCase,
} from "../../../lib/contract.ts";

/** A judgement while it is being made. */
export interface JudgementForm {
  readonly rating: Rating | null;
  readonly components: SealedJudgement["components"];
  readonly missing: SealedJudgement["missing"];
}

/** Why it is permitted is told by the decision's reasons. */
interface ExemptionForm {
  readonly note: string;
  /** `YYYY-MM-DD`, or empty. */
  readonly expiresOn: string;
}

/** What the reviewer fills in for one case. */
export interface CaseForm {
  /** Not yet sealed, or an amendment in the making. */
  readonly judgements: Readonly<Record<string, JudgementForm>>;
  /** Where the reviewer chose otherwise than the rating suggests. */
  readonly findings: Readonly<Record<string, Finding>>;
  readonly outcome: Outcome | null;
  readonly reasons: readonly ReasonCode[];
  readonly rationale: string;
  readonly route: "new_capture" | "lead" | null;
  readonly question: string;
  readonly exemption: ExemptionForm;
}

export type Extent = "face" | "screen" | "detail";

/** What one side of the stage shows. */
export interface SideView {
  readonly index: number;
  /** The face, or the whole picture in two sizes: each a view of its own in the log. */
  readonly extent: Extent;
}

/** One case on the workbench: as the server gave it, and what was made of it since. */
export interface Bench {
  readonly work: WorkCase;
  readonly form: CaseForm;
  /** Which candidate is on the stage. */
  readonly position: number;
  readonly sides: { readonly probe: SideView; readonly candidate: SideView };
  /** The line of the checklist that the next key answers. */
  readonly line: number;
  readonly amending: boolean;
  /** What was seen uncovered under this lease, as `pairKey` names it; nothing else is judged. */
  readonly looked: readonly string[];
  /** A harmful decision waits for its second stroke. */
  readonly armed: boolean;
  /** Details that are open under this lease, as `pairKey` names it. */
  readonly attributes: Readonly<Record<string, AttributesView>>;
  /** Masked values that were asked for under this lease, as `pairKey` names it. */
  readonly unmasked: Readonly<Record<string, Unmasked>>;
  readonly reveal: Reveal | null;
}

/** Masked values of a pair that are shown now. */
export type Unmasked = Partial<Readonly<Record<MaskedField, UnmaskedValues>>>;
type UnmaskedValues = Pick<RevealedField, "probe" | "candidate">;

export const EMPTY_JUDGEMENT: JudgementForm = { rating: null, components: {}, missing: [] };

/** The first piece of evidence, as it opens. */
export const FIRST_VIEW: SideView = { index: 0, extent: "face" };

/** The candidate on the stage; undefined in a case without candidates. */
export function currentCandidate(bench: Bench): WorkCandidate | undefined {
  return bench.work.candidates[bench.position];
}

/** Whether the pair on the stage was seen uncovered. */
export function hasLooked(bench: Bench): boolean {
  return bench.looked.includes(pairKey(bench));
}

/** Stands for the pair in a case without candidates. */
export const PROBE_ALONE = "probe";

/** The pair on the stage: its candidate, or the probe alone. */
export function pairKey(bench: Bench): string {
  return currentCandidate(bench)?.candidateId ?? PROBE_ALONE;
}

/** What is being filled in for a candidate. */
export function judgementForm(bench: Bench, candidateId: CandidateId): JudgementForm {
  return bench.form.judgements[candidateId] ?? EMPTY_JUDGEMENT;
}

/** The last judgement that the server has: the newest amendment, else the seal. */
export function lastJudgement(candidate: WorkCandidate): SealedJudgement | null {
  return candidate.amendments.at(-1) ?? candidate.sealed;
}

/** The finding of a candidate: as chosen, else as its last rating suggests. */
export function findingOf(bench: Bench, candidate: WorkCandidate): Finding {
  return (
    bench.form.findings[candidate.candidateId] ??
    suggestedFinding(lastJudgement(candidate)?.rating ?? 0)
  );
}

/** Same from +1, different from −1, else unresolved. */
function suggestedFinding(rating: Rating): Finding {
  if (rating >= 1) return "same";
  return rating <= -1 ? "different" : "unresolved";
}

/**
 * The chosen reasons that go with the chosen outcome. Those of another outcome stay on the form, for
 * whoever comes back to it.
 */
export function reasonsOf(bench: Bench): readonly ReasonCode[] {
  const { outcome, reasons } = bench.form;
  if (outcome === null) return [];
  const allowed = reasonsAllowed(outcome, bench.work.rules.reasonCodes);
  return reasons.filter((reason) => allowed.includes(reason));
}

/** Whether every shown candidate is sealed; true of a case without any. */
export function allSealed(work: WorkCase): boolean {
  return work.candidates.every((candidate) => candidate.sealed !== null);
}

/** How far one may go: the sealed ones and the first that is not, one candidate at a time. */
export function reachable(work: WorkCase): number {
  const open = work.candidates.findIndex((candidate) => candidate.sealed === null);
  return open < 0 ? work.candidates.length : open + 1;
}

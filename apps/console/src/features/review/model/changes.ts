import {
  cannedRationales,
  withCannedRationale,
} from "@secondlook/domain/decisions/canned-rationales";
import { findingFits, FINDINGS, type Outcome } from "@secondlook/domain/decisions/outcome";
import type { ReasonCode } from "@secondlook/domain/decisions/reasons";
import {
  COMPONENTS,
  type ComponentView,
  type MissingReason,
  type Rating,
} from "@secondlook/domain/judging/rating";
import type { CandidateId, SealedJudgement, WorkCandidate } from "../../../lib/contract.ts";
import {
  type Bench,
  currentCandidate,
  EMPTY_JUDGEMENT,
  FIRST_VIEW,
  findingOf,
  type JudgementForm,
  judgementForm,
  lastJudgement,
  reachable,
  reasonsOf,
} from "./bench.ts";

/** What a reviewer can change on a bench. Each returns a new bench; none writes anywhere. */

/** Whether ratings and checklist can be filled in now. */
export function isJudging(bench: Bench): boolean {
  const candidate = currentCandidate(bench);
  return candidate !== undefined && (candidate.sealed === null || bench.amending);
}

export function rate(bench: Bench, rating: Rating): Bench {
  return editJudgement(bench, (form) => ({
    ...form,
    rating,
    missing: rating === 0 ? form.missing : [],
  }));
}

/** Answers the current line of the checklist and goes to the next. */
export function answerLine(bench: Bench, view: ComponentView): Bench {
  const component = COMPONENTS[bench.line];
  if (component === undefined) return bench;
  const changed = editJudgement(bench, (form) => ({
    ...form,
    components: { ...form.components, [component]: view },
  }));
  return moveLine(changed, 1);
}

/** Sets a line by pointer; the same answer again takes it back. */
export function setComponent(bench: Bench, line: number, view: ComponentView): Bench {
  const component = COMPONENTS[line];
  if (component === undefined) return bench;
  const changed = editJudgement(bench, (form) => {
    const { [component]: before, ...others } = form.components;
    return {
      ...form,
      components: before === view ? others : { ...others, [component]: view },
    };
  });
  return { ...changed, line };
}

export function moveLine(bench: Bench, by: number): Bench {
  const line = Math.min(COMPONENTS.length - 1, Math.max(0, bench.line + by));
  return { ...bench, line, armed: false };
}

export function toggleMissing(bench: Bench, reason: MissingReason): Bench {
  return editJudgement(bench, (form) => ({ ...form, missing: toggled(form.missing, reason) }));
}

/** Puts another candidate on the stage, as far as one may go. */
export function goTo(bench: Bench, position: number): Bench {
  if (position < 0 || position >= reachable(bench.work) || position === bench.position) {
    return bench;
  }
  return {
    ...bench,
    position,
    line: 0,
    amending: false,
    armed: false,
    sides: {
      probe: { ...bench.sides.probe, extent: "face" },
      candidate: FIRST_VIEW,
    },
  };
}

/** The next candidate within reach, round and round. */
export function turn(bench: Bench, by: 1 | -1): Bench {
  const count = reachable(bench.work);
  return count < 2 ? bench : goTo(bench, (bench.position + by + count) % count);
}

/** The next piece of evidence of one side. */
export function switchEvidence(bench: Bench, side: "probe" | "candidate", index?: number): Bench {
  const count =
    side === "probe"
      ? bench.work.probe.evidence.length
      : (currentCandidate(bench)?.evidence.length ?? 0);
  if (count === 0) return bench;
  const next = index ?? (bench.sides[side].index + 1) % count;
  return { ...bench, sides: { ...bench.sides, [side]: { ...FIRST_VIEW, index: next } } };
}

/** The face, or the whole picture in this size; the same size again goes back to the face. */
export function toggleExtent(
  bench: Bench,
  side: "probe" | "candidate",
  wanted: "screen" | "detail",
): Bench {
  const view = bench.sides[side];
  const extent = view.extent === wanted ? "face" : wanted;
  return { ...bench, sides: { ...bench.sides, [side]: { ...view, extent } } };
}

/** Starts an amendment of the candidate on the stage from its last judgement, or leaves it. */
export function toggleAmending(bench: Bench): Bench {
  const candidate = currentCandidate(bench);
  const last = candidate === undefined ? null : lastJudgement(candidate);
  if (candidate === undefined || last === null) return bench;
  const { [candidate.candidateId]: _left, ...others } = bench.form.judgements;
  const judgements = bench.amending ? others : { ...others, [candidate.candidateId]: last };
  return {
    ...bench,
    amending: !bench.amending,
    armed: false,
    form: { ...bench.form, judgements },
  };
}

/** The next finding that goes with the last rating. */
export function cycleFinding(bench: Bench, candidate: WorkCandidate): Bench {
  const rating = lastJudgement(candidate)?.rating ?? 0;
  const fitting = FINDINGS.filter((finding) => findingFits(finding, rating));
  const at = fitting.indexOf(findingOf(bench, candidate));
  const finding = fitting[(at + 1) % fitting.length] ?? "unresolved";
  return withForm(bench, {
    findings: { ...bench.form.findings, [candidate.candidateId]: finding },
  });
}

/** Chooses an outcome; reasons of another one stay on the form, see `reasonsOf`. */
export function chooseOutcome(bench: Bench, outcome: Outcome): Bench {
  return withForm(bench, { outcome });
}

export function toggleReason(bench: Bench, reason: ReasonCode): Bench {
  return withForm(bench, { reasons: toggled(bench.form.reasons, reason) });
}

/** Takes over a rationale that fits the chosen reasons; another stroke takes the next one. */
export function takeRationale(bench: Bench): Bench {
  const { rationale } = bench.form;
  const canned = cannedRationales(reasonsOf(bench), bench.work.rules.rationales);
  return withForm(bench, { rationale: withCannedRationale(rationale, canned).slice(0, 4000) });
}

/** Changes fields of the form; whatever was to be confirmed has to be confirmed anew. */
export function withForm(bench: Bench, change: Partial<Bench["form"]>): Bench {
  return { ...bench, armed: false, form: { ...bench.form, ...change } };
}

/** The bench after the server took a seal or an amendment. */
export function judgementTaken(
  bench: Bench,
  candidateId: CandidateId,
  judgement: SealedJudgement,
): Bench {
  const { [candidateId]: _taken, ...judgements } = bench.form.judgements;
  const { [candidateId]: chosen, ...findings } = bench.form.findings;
  const before = bench.work.candidates.find((each) => each.candidateId === candidateId);
  const last = before === undefined ? null : lastJudgement(before);
  // Another rating suggests its own finding again.
  const keeps = chosen !== undefined && last?.rating === judgement.rating;
  return {
    ...bench,
    amending: false,
    armed: false,
    form: {
      ...bench.form,
      judgements,
      findings: keeps ? { ...findings, [candidateId]: chosen } : findings,
    },
    work: {
      ...bench.work,
      candidates: bench.work.candidates.map((candidate) => {
        if (candidate.candidateId !== candidateId) return candidate;
        return candidate.sealed === null
          ? { ...candidate, sealed: judgement }
          : { ...candidate, amendments: [...candidate.amendments, judgement] };
      }),
    },
  };
}

function editJudgement(bench: Bench, edit: (form: JudgementForm) => JudgementForm): Bench {
  const candidate = currentCandidate(bench);
  if (candidate === undefined || !isJudging(bench)) return bench;
  const form = edit(judgementForm(bench, candidate.candidateId) ?? EMPTY_JUDGEMENT);
  return withForm(bench, {
    judgements: { ...bench.form.judgements, [candidate.candidateId]: form },
  });
}

function toggled<T>(list: readonly T[], item: T): T[] {
  return list.includes(item) ? list.filter((each) => each !== item) : [...list, item];
}

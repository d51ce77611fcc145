import { checkDecision, DECISION_REFUSALS } from "@secondlook/domain/decisions/check-decision";
import { strayRationale } from "@secondlook/domain/decisions/canned-rationales";
import { isHarmful, type Outcome } from "@secondlook/domain/decisions/outcome";
import { COMPONENTS } from "@secondlook/domain/judging/rating";
import type { SealedJudgement } from "../../../lib/contract.ts";
import {
  allSealed,
  type Bench,
  currentCandidate,
  hasLooked,
  type JudgementForm,
  judgementForm,
  lastJudgement,
  reasonsOf,
} from "./bench.ts";
import { decisionForm, exemptionReason } from "./decision-form.ts";

/** What of the decision still has to be filled in; the screen leads there. */
export type Gap = "missing" | "reason" | "expiry" | "note" | "route" | "question" | "rationale";

/** How what is missing to tell is chosen. */
export const MISSING_HINT = "Arrows and Space choose what is missing, then press Enter.";

/** The one thing that Enter does next. */
export type Step =
  | { readonly kind: "rate" }
  | { readonly kind: "say_missing" }
  | { readonly kind: "look" }
  | { readonly kind: "seal" }
  | { readonly kind: "amend" }
  | { readonly kind: "leave_amending" }
  | { readonly kind: "next_candidate"; readonly position: number }
  | { readonly kind: "reveal" }
  | { readonly kind: "go_on" }
  | { readonly kind: "choose_outcome" }
  | { readonly kind: "fill"; readonly gap: Gap; readonly message: string }
  | { readonly kind: "fix"; readonly message: string }
  | { readonly kind: "confirm"; readonly outcome: Outcome }
  | { readonly kind: "decide"; readonly outcome: Outcome };

/** The next step of a case, from what is filled in and sealed so far. */
export function nextStep(bench: Bench, now: Date): Step {
  const candidate = currentCandidate(bench);
  if (candidate !== undefined && (candidate.sealed === null || bench.amending)) {
    const form = judgementForm(bench, candidate.candidateId);
    if (form.rating === null) return { kind: "rate" };
    if (form.rating === 0 && form.missing.length === 0) return { kind: "say_missing" };
    if (candidate.sealed !== null) {
      return { kind: isUnchanged(form, lastJudgement(candidate)) ? "leave_amending" : "amend" };
    }
    return { kind: hasLooked(bench) ? "seal" : "look" };
  }
  if (!allSealed(bench.work)) {
    const position = bench.work.candidates.findIndex((each) => each.sealed === null);
    return { kind: "next_candidate", position };
  }
  if (bench.reveal === null) {
    if (candidate !== undefined) return { kind: "reveal" };
    // Without a candidate nothing is sealed, and the probe has to be seen all the same.
    return { kind: bench.work.revealed || hasLooked(bench) ? "go_on" : "look" };
  }
  return decisionStep(bench, now);
}

/** Whether an amendment would say what was said already. */
function isUnchanged(form: JudgementForm, last: SealedJudgement | null): boolean {
  if (last === null || form.rating !== last.rating) return false;
  const missing = new Set([...form.missing, ...last.missing]);
  return (
    missing.size === form.missing.length &&
    missing.size === last.missing.length &&
    COMPONENTS.every((component) => form.components[component] === last.components[component])
  );
}

function decisionStep(bench: Bench, now: Date): Step {
  const { outcome } = bench.form;
  if (outcome === null) return { kind: "choose_outcome" };
  const permitted = outcome === "permitted_second_account";
  if (permitted && exemptionReason(bench) === undefined) {
    return fill("reason", "Say why the further account is permitted.");
  }
  if (permitted && bench.form.exemption.expiresOn === "") {
    return fill("expiry", "Say until when the exemption holds.");
  }
  const stray = strayRationale(bench.form.rationale, reasonsOf(bench), bench.work.rules.rationales);
  if (stray !== undefined) {
    return fill(
      "rationale",
      `The rationale still says “${stray}” That goes with another reason: change it or take it out.`,
    );
  }
  const checked = checkDecision(decisionForm(bench, outcome, now), {
    shown: bench.work.candidates.map((candidate) => ({
      candidateId: candidate.candidateId,
      rating: lastJudgement(candidate)?.rating ?? 0,
      // An exemption that is in force already is known to the server only; it has the last word.
      exempt: false,
    })),
    reasonCodes: bench.work.rules.reasonCodes,
    now,
  });
  if (!checked.ok) {
    const message = DECISION_REFUSALS[checked.refusal];
    switch (checked.refusal) {
      case "reason_missing":
      case "reason_contradicts_case":
        return fill("reason", message);
      case "route_missing":
        return fill("route", message);
      case "question_missing":
        return fill("question", message);
      case "exemption_expired":
      case "exemption_too_long":
        return fill("expiry", message);
      case "exemption_note_missing":
        return fill("note", message);
      case "rationale_missing":
      case "rationale_unfinished":
        return fill("rationale", message);
      default:
        return { kind: "fix", message };
    }
  }
  if (isHarmful(outcome) && !bench.armed) return { kind: "confirm", outcome };
  return { kind: "decide", outcome };
}

function fill(gap: Gap, message: string): Step {
  return { kind: "fill", gap, message };
}

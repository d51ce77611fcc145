import type { InconclusiveRoute } from "../cases/next-stage.ts";
import type { Rating } from "../judging/rating.ts";
import type { PolicySettings } from "../policy/policy.ts";
import { ok, refuse, type Result } from "../result.ts";
import {
  checkOutcome,
  type Finding,
  isHarmful,
  type Outcome,
  OUTCOME_REFUSALS,
  type OutcomeRefusal,
} from "./outcome.ts";
import { EXEMPTION_REASONS, reasonFits, reasonsAllowed, type ReasonCode } from "./reasons.ts";

/** A decision as its author filled it in. */
export interface DecisionForm {
  readonly outcome: Outcome;
  readonly findings: readonly { readonly candidateId: string; readonly finding: Finding }[];
  readonly reasons: readonly ReasonCode[];
  readonly rationale: string;
  readonly exemption: {
    readonly candidateIds: readonly string[];
    readonly reason: ReasonCode;
    readonly note: string;
    readonly expiresAt: Date;
  } | null;
  readonly inconclusiveRoute: InconclusiveRoute | null;
  readonly question: string | null;
}

/** A candidate that the cycle shows, with the author's last rating of it. */
export interface RatedCandidate {
  readonly candidateId: string;
  readonly rating: Rating;
  /** An exemption in force already covers the probe's account and this one. */
  readonly exempt: boolean;
}

/** What the form is held against. */
export interface DecisionFacts {
  readonly shown: readonly RatedCandidate[];
  readonly reasonCodes: PolicySettings["reasonCodes"];
  readonly now: Date;
}

/** Which candidates the decision is about, once nothing speaks against it. */
export interface CheckedDecision {
  readonly same: ReadonlySet<string>;
  readonly newlyExempt: ReadonlySet<string>;
}

export type DecisionRefusal =
  | OutcomeRefusal
  | "findings_incomplete"
  | "reason_missing"
  | "reason_repeated"
  | "reason_not_allowed"
  | "reason_contradicts_case"
  | "rationale_missing"
  | "rationale_unfinished"
  | "text_too_long"
  | "text_broken"
  | "exemption_only_when_permitted"
  | "exemption_reason_not_allowed"
  | "exemption_covers_others"
  | "exemption_note_missing"
  | "exemption_expired"
  | "exemption_too_long"
  | "route_missing"
  | "route_only_when_inconclusive"
  | "question_missing"
  | "question_only_for_lead";

/** Code points of a rationale, a note or a question. */
export const MAX_TEXT = 4000;

/** An exemption is looked at again after this time at the latest. */
export const MAX_EXEMPTION_YEARS = 5;

export const DECISION_REFUSALS = {
  ...OUTCOME_REFUSALS,
  findings_incomplete:
    "Every candidate needs exactly one finding: same, different or unresolved. Add what is missing.",
  reason_missing: "Choose at least one reason.",
  reason_repeated: "A reason is named twice; name each once.",
  reason_not_allowed: "A reason does not belong to this outcome. Choose from the outcome's own.",
  reason_contradicts_case:
    "A reason speaks of candidates that this case doesn't show, or denies those that it shows. Choose another.",
  rationale_missing:
    "This outcome harms the person, so write down why, in words that a colleague can follow.",
  rationale_unfinished:
    "The rationale stops at a colon. Finish the sentence with what you saw, or take it out.",
  text_too_long: `A text is longer than ${MAX_TEXT} characters. Shorten it.`,
  text_broken: "A text holds a broken character. Write it anew.",
  exemption_only_when_permitted:
    "An exemption goes with “permitted second account” only. Take it out or change the outcome.",
  exemption_reason_not_allowed: "This is not a reason for an exemption. Choose one of those.",
  exemption_covers_others:
    "An exemption covers only accounts that you found to be the same person, each once.",
  exemption_note_missing: "Write down what the legitimate need is and where it can be seen.",
  exemption_expired: "The exemption would have ended already. Choose a later date.",
  exemption_too_long: `An exemption lasts ${MAX_EXEMPTION_YEARS} years at most. Choose an earlier date.`,
  route_missing: "Say what should follow: a new capture, or a question for a lead.",
  route_only_when_inconclusive:
    "A new capture or a lead can be asked for only when the outcome is “inconclusive”.",
  question_missing: "Write down what the lead should answer.",
  question_only_for_lead: "A question is for a lead. Ask a lead, or take the question out.",
} as const satisfies Record<DecisionRefusal, string>;

/**
 * Everything that speaks against a decision by its form alone, first fault first: the outcome's
 * rules over the findings, reasons, exemption, route and texts.
 */
export function checkDecision(
  form: DecisionForm,
  facts: DecisionFacts,
): Result<CheckedDecision, DecisionRefusal> {
  const findings = new Map(form.findings.map((each) => [each.candidateId, each.finding]));
  const complete =
    form.findings.length === facts.shown.length &&
    facts.shown.every((each) => findings.has(each.candidateId));
  if (!complete) return refuse("findings_incomplete");

  const found = form.findings.filter((each) => each.finding === "same");
  const same = new Set(found.map((each) => each.candidateId));
  const newlyExempt = new Set(form.exemption?.candidateIds);
  const refusal =
    checkOutcome(
      form.outcome,
      facts.shown.map((each) => ({
        candidate: each.candidateId,
        finding: findings.get(each.candidateId) ?? "unresolved",
        rating: each.rating,
        exempt: each.exempt || newlyExempt.has(each.candidateId),
      })),
    ) ??
    checkExemption(form, same, facts) ??
    checkReasons(form, facts) ??
    checkRoute(form) ??
    checkTexts(form);
  return refusal === undefined ? ok({ same, newlyExempt }) : refuse(refusal);
}

function checkExemption(
  form: DecisionForm,
  same: ReadonlySet<string>,
  facts: DecisionFacts,
): DecisionRefusal | undefined {
  const { exemption } = form;
  if (exemption === null) return undefined;
  if (form.outcome !== "permitted_second_account") return "exemption_only_when_permitted";
  const covered = new Set(exemption.candidateIds);
  const covers =
    covered.size > 0 &&
    covered.size === exemption.candidateIds.length &&
    [...covered].every((candidate) => same.has(candidate));
  if (!covers) return "exemption_covers_others";
  const allowed = reasonsAllowed("permitted_second_account", facts.reasonCodes);
  if (!EXEMPTION_REASONS.includes(exemption.reason) || !allowed.includes(exemption.reason)) {
    return "exemption_reason_not_allowed";
  }
  if (!(exemption.expiresAt.getTime() > facts.now.getTime())) return "exemption_expired";
  const latest = new Date(facts.now);
  latest.setUTCFullYear(latest.getUTCFullYear() + MAX_EXEMPTION_YEARS);
  if (exemption.expiresAt.getTime() > latest.getTime()) return "exemption_too_long";
  return isBlank(exemption.note) ? "exemption_note_missing" : undefined;
}

function checkReasons(form: DecisionForm, facts: DecisionFacts): DecisionRefusal | undefined {
  if (form.reasons.length === 0) return "reason_missing";
  if (new Set(form.reasons).size !== form.reasons.length) return "reason_repeated";
  const allowed = reasonsAllowed(form.outcome, facts.reasonCodes);
  if (!form.reasons.every((reason) => allowed.includes(reason))) return "reason_not_allowed";
  return form.reasons.every((reason) => reasonFits(reason, facts.shown.length))
    ? undefined
    : "reason_contradicts_case";
}

function checkRoute(form: DecisionForm): DecisionRefusal | undefined {
  const asks = !isBlank(form.question);
  if (form.outcome !== "inconclusive") {
    if (form.inconclusiveRoute !== null) return "route_only_when_inconclusive";
    return asks ? "question_only_for_lead" : undefined;
  }
  if (form.inconclusiveRoute === null) return "route_missing";
  if (form.inconclusiveRoute === "lead") return asks ? undefined : "question_missing";
  return asks ? "question_only_for_lead" : undefined;
}

function checkTexts(form: DecisionForm): DecisionRefusal | undefined {
  if (isHarmful(form.outcome) && isBlank(form.rationale)) return "rationale_missing";
  if (isUnfinished(form.rationale)) return "rationale_unfinished";
  const texts = [form.rationale, form.question ?? "", form.exemption?.note ?? ""];
  if (texts.some((text) => !text.isWellFormed())) return "text_broken";
  return texts.some((text) => Array.from(text).length > MAX_TEXT) ? "text_too_long" : undefined;
}

/** Ready-made sentences end where the reviewer has to say what was seen. */
function isUnfinished(text: string): boolean {
  return /[:：]\s*$/u.test(text);
}

function isBlank(text: string | null): boolean {
  return text === null || text.trim() === "";
}

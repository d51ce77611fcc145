import type { Outcome } from "./outcome.ts";

/** Reason codes with the plain words that reviewers choose by and that people are told. */
export const REASONS = {
  same_face: {
    outcomes: ["duplicate", "permitted_second_account"],
    words: "The faces are the same person's",
  },
  same_document: {
    outcomes: ["duplicate", "permitted_second_account"],
    words: "The same document was used",
  },
  same_face_and_data: {
    outcomes: ["duplicate", "permitted_second_account"],
    words: "Face and account details belong to one person",
  },
  exemption_business: {
    outcomes: ["permitted_second_account"],
    words: "A registered second business",
  },
  exemption_assisted: {
    outcomes: ["permitted_second_account"],
    words: "An account run for somebody who needs assistance",
  },
  exemption_recovery: {
    outcomes: ["permitted_second_account"],
    words: "Replaces an account that was lost or taken over",
  },
  different_face: { outcomes: ["distinct"], words: "The faces are different people's" },
  relatives: { outcomes: ["distinct"], words: "Relatives or twins: different people" },
  lookalike: { outcomes: ["distinct"], words: "Alike at first sight, different in detail" },
  no_match: { outcomes: ["distinct"], words: "No candidate to compare with" },
  photo_unusable: {
    outcomes: ["inconclusive"],
    words: "The photo is missing or does not show enough",
  },
  clip_unusable: {
    outcomes: ["inconclusive"],
    words: "The clip is missing or does not show enough",
  },
  evidence_contradicts: {
    outcomes: ["inconclusive"],
    words: "The pieces of evidence contradict one another",
  },
  cannot_tell: {
    outcomes: ["inconclusive"],
    words: "The evidence is good and still does not decide it",
  },
  face_not_holder: { outcomes: ["identity_mule"], words: "The face is not the account holder's" },
  coached_capture: {
    outcomes: ["identity_mule"],
    words: "The capture was made for, or led by, somebody else",
  },
  fronted_account: {
    outcomes: ["identity_mule"],
    words: "The account is fronted for somebody else",
  },
} as const satisfies Record<string, { outcomes: readonly Outcome[]; words: string }>;

export type ReasonCode = keyof typeof REASONS;

export const REASON_CODES = Object.keys(REASONS).filter(
  (code): code is ReasonCode => code in REASONS,
);

/** The codes that may stand behind an outcome. */
export function reasonsFor(outcome: Outcome): readonly ReasonCode[] {
  return REASON_CODES.filter((code) => {
    const outcomes: readonly Outcome[] = REASONS[code].outcomes;
    return outcomes.includes(outcome);
  });
}

const ABOUT_CANDIDATES: readonly ReasonCode[] = ["different_face", "relatives", "lookalike"];

/** Whether a reason can be true of a case that shows so many candidates. */
export function reasonFits(reason: ReasonCode, candidates: number): boolean {
  return reason === "no_match"
    ? candidates === 0
    : candidates > 0 || !ABOUT_CANDIDATES.includes(reason);
}

/** Why a person may have a further account: what an exemption is recorded with. */
export const EXEMPTION_REASONS: readonly ReasonCode[] = [
  "exemption_business",
  "exemption_assisted",
  "exemption_recovery",
];

/** The outcome's codes that policy has in use; all of them where policy names none. */
export function reasonsAllowed(
  outcome: Outcome,
  inUse: Partial<Record<Outcome, readonly ReasonCode[]>>,
): readonly ReasonCode[] {
  const chosen = inUse[outcome];
  const own = reasonsFor(outcome);
  return chosen === undefined ? own : own.filter((code) => chosen.includes(code));
}

import { UPSTREAM_KINDS } from "../cases/upstream.ts";

/** What ends a lease from outside: a message from upstream, or a lead. */
export const CANCEL_REASONS = [...UPSTREAM_KINDS, "released_by_lead", "given_to_another"] as const;
export type CancelReason = (typeof CANCEL_REASONS)[number];

/** What whoever worked on a case is told when their lease is ended from outside. */
export const CANCELLED_WORDS = {
  matcher_run:
    "The upstream system sent a new matcher run for this case, so its review begins again. What you sealed stays on record with the review that ended, and what you wrote is kept as a draft.",
  evidence:
    "The upstream system sent new evidence for this case, so its review begins again. What you sealed stays on record with the review that ended, and what you wrote is kept as a draft.",
  withdrawal:
    "The case was withdrawn, so there is nothing more to decide. What you sealed stays on record.",
  released_by_lead:
    "A lead gave this case back to everybody. What you sealed stays on record, and what you wrote is kept as a draft.",
  given_to_another:
    "A lead gave this case to somebody else. What you sealed stays on record, and what you wrote is kept as a draft.",
} as const satisfies Record<CancelReason, string>;

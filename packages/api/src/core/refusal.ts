/**
 * Why a request was refused. The console switches on the code; the message is the sentence shown.
 * Codes are stable, messages may be improved.
 */
export type RefusalCode =
  | "signed_out"
  | "forbidden"
  | "not_found"
  | "lease_lost"
  | "already_sealed"
  | "viewed_too_short"
  | "not_sealed"
  | "not_revealed"
  | "invalid_judgement"
  | "invalid_decision"
  | "undo_too_late"
  | "may_still_judge"
  | "invalid_input"
  | "conflict"
  | "log_unavailable"
  | "too_many_requests";

const STATUS = {
  signed_out: 401,
  forbidden: 403,
  not_found: 404,
  lease_lost: 409,
  already_sealed: 409,
  viewed_too_short: 409,
  not_sealed: 409,
  not_revealed: 409,
  invalid_judgement: 422,
  invalid_decision: 422,
  undo_too_late: 409,
  may_still_judge: 409,
  invalid_input: 400,
  conflict: 409,
  log_unavailable: 503,
  too_many_requests: 429,
} as const satisfies Record<RefusalCode, number>;

/** A rule said no. Thrown by use cases, turned into a response in one place. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly code: RefusalCode;

  constructor(code: RefusalCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }

  /** The HTTP status that carries it. */
  get status(): (typeof STATUS)[RefusalCode] {
    return STATUS[this.code];
  }
}

/** The lease is gone: expired, taken over or given back. Nothing was changed. */
export function leaseLost(): Refusal {
  return new Refusal(
    "lease_lost",
    "Your time with this case ran out or it was handed on. Nothing you wrote is lost; take the case again if it is free.",
  );
}

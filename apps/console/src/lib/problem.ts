import { TRPCClientError } from "@trpc/client";
import type { AppRouter } from "./contract.ts";

type ErrorData = NonNullable<TRPCClientError<AppRouter>["data"]>;
export type RefusalCode = NonNullable<ErrorData["refusal"]>;

/** Every code that the server refuses by; a new one fails the type check here. */
const CODES = {
  signed_out: true,
  forbidden: true,
  not_found: true,
  lease_lost: true,
  already_sealed: true,
  viewed_too_short: true,
  not_sealed: true,
  not_revealed: true,
  invalid_judgement: true,
  invalid_decision: true,
  undo_too_late: true,
  may_still_judge: true,
  invalid_input: true,
  conflict: true,
  log_unavailable: true,
  too_many_requests: true,
} as const satisfies Record<RefusalCode, true>;

/** Why something did not happen, as the screens tell it apart. */
export type Problem =
  /** A rule said no; `message` is the sentence to show. */
  | { readonly kind: "refused"; readonly code: RefusalCode; readonly message: string }
  /** Nothing answered. */
  | { readonly kind: "unreachable"; readonly message: string }
  /** The server failed; the id finds it in the server's log. */
  | { readonly kind: "failed"; readonly message: string; readonly requestId: string | null };

/** Turns whatever a call threw into a problem. */
export function problemOf(error: unknown): Problem {
  if (error instanceof TRPCClientError) {
    const data: unknown = error.data;
    const { message } = error;
    if (typeof data !== "object" || data === null) return unreachable();
    const code = "refusal" in data ? data.refusal : null;
    if (isCode(code)) return { kind: "refused", code, message };
    const requestId =
      "requestId" in data && typeof data.requestId === "string" ? data.requestId : null;
    return { kind: "failed", message, requestId };
  }
  if (isFailedFetch(error)) return unreachable();
  return {
    kind: "failed",
    message: "Something went wrong in this window. Reload the page; what you wrote is kept.",
    requestId: null,
  };
}

/** Whether a problem is this refusal. */
export function isRefusal(problem: Problem, code: RefusalCode): boolean {
  return problem.kind === "refused" && problem.code === code;
}

function isCode(value: unknown): value is RefusalCode {
  return typeof value === "string" && value in CODES;
}

function unreachable(): Problem {
  return {
    kind: "unreachable",
    message: "The server can't be reached. Nothing is lost; it is tried again by itself.",
  };
}

/** Browsers throw the same type for a fetch that failed as for a slip in code; their words differ. */
function isFailedFetch(error: unknown): boolean {
  return error instanceof TypeError && /fetch|network|load failed/i.test(error.message);
}

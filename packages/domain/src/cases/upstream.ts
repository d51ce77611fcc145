import { ok, refuse, type Result } from "../result.ts";
import type { CaseState } from "./transition.ts";

/** What an upstream system may send for a case that it sent before. */
export const UPSTREAM_KINDS = ["matcher_run", "evidence", "withdrawal"] as const;
export type UpstreamKind = (typeof UPSTREAM_KINDS)[number];

/** What a settled case may be reopened for, as policy says. */
export const REOPENERS = ["matcher_run", "evidence"] as const;
export type Reopener = (typeof REOPENERS)[number];

/**
 * What came of it: `review_restarted` the next cycle began; `reopened` it did for a settled case;
 * `kept` it stands beside the case and counts when the next cycle begins.
 */
export const UPSTREAM_EFFECTS = ["review_restarted", "reopened", "kept", "withdrawn"] as const;
export type UpstreamEffect = (typeof UPSTREAM_EFFECTS)[number];

/** Who ends a case before it is decided, and why. */
export const WITHDRAWERS = ["upstream", "person"] as const;
export const WITHDRAWAL_REASONS = [
  "consent_withdrawn",
  "account_closed",
  "sent_in_error",
  "resolved_elsewhere",
] as const;

export type UpstreamRefusal =
  | "withdrawn_already"
  | "case_lapsed"
  | "case_settled"
  | "being_decided";

export const UPSTREAM_REFUSALS = {
  withdrawn_already:
    "This case was withdrawn and takes nothing more. Send a new case under a new id.",
  case_lapsed:
    "This case lapsed while it waited for a new capture and takes nothing more. Send a new case under a new id.",
  case_settled:
    "This case is settled, so it can't be withdrawn; its decision stands. Send new evidence or a new matcher run if it should be looked at again.",
  being_decided:
    "This case is being decided at this moment. Read its state in a minute, and withdraw it then if it is still in review.",
} as const satisfies Record<UpstreamRefusal, string>;

/** What came from upstream. `at` is epoch milliseconds. */
export interface UpstreamChange {
  readonly kind: UpstreamKind;
  readonly at: number;
}

/** The case after it, and what came of it. */
export interface ChangedByUpstream {
  readonly state: CaseState;
  readonly effect: UpstreamEffect;
}

/**
 * What an upstream message does to a case. Total and pure.
 *
 * - An open round: the next cycle begins at `first`, whoever works on the old one.
 * - Waiting for a capture: evidence begins the next cycle. A matcher run alone does not, since what
 *   reviewers asked for is still missing; it counts once the capture is there.
 * - Settled: kept, or the next cycle begins where policy says so; the decision stands until then.
 * - A withdrawal ends whatever is open. What is settled it leaves as it is.
 */
export function changeByUpstream(
  state: CaseState,
  change: UpstreamChange,
  policy: { readonly reopenSettledOn: readonly Reopener[] },
): Result<ChangedByUpstream, UpstreamRefusal> {
  if (state.stage === "withdrawn") return refuse("withdrawn_already");
  if (state.stage === "lapsed") return refuse("case_lapsed");
  const met: CaseState = { ...state, upstreamCycle: state.cycle };
  if (change.kind === "withdrawal") {
    if (state.stage !== "settled") {
      return ok({ state: { ...met, stage: "withdrawn", due: null }, effect: "withdrawn" });
    }
    const isOver = state.decisions.every((each) => each.undoUntil <= change.at);
    // Upstream is told of no decision that its author may still take back.
    return refuse(isOver ? "case_settled" : "being_decided");
  }
  if (state.stage === "settled") {
    if (!policy.reopenSettledOn.includes(change.kind)) return ok({ state: met, effect: "kept" });
    return ok({ state: nextCycle(met), effect: "reopened" });
  }
  if (state.stage === "awaiting_capture" && change.kind === "matcher_run") {
    return ok({ state: met, effect: "kept" });
  }
  return ok({ state: nextCycle(met), effect: "review_restarted" });
}

function nextCycle(state: CaseState): CaseState {
  return { ...state, stage: "first", cycle: state.cycle + 1, due: "first" };
}

import type { AccountPlan, Truth } from "../plan.ts";

/** How sure a matcher would be: from 0 to 1, its threshold being 0.5. */
interface Match {
  readonly account: AccountPlan;
  readonly sure: number;
}

/** What a kind of case consists of, before a matcher has seen it. */
export interface Draft {
  readonly probe: AccountPlan;
  readonly matches: readonly Match[];
  readonly outcome: Truth["outcome"];
  readonly note: string;
  readonly priority?: "urgent" | "high";
}

import { answerJobs } from "../threads/answer-jobs.ts";
import { drawBundle, type DemoOptions } from "./draw-bundle.ts";
import type { CasePlan } from "./plan.ts";

/** A case to draw in a thread of its own. */
export interface DrawCase extends DemoOptions {
  readonly plan: CasePlan;
}

answerJobs<DrawCase>(({ plan, ...options }) => drawBundle(plan, options));

import { inThreads, type ThreadOptions } from "../threads/in-threads.ts";
import { casePlans } from "./case-plans.ts";
import { drawBundle, type DemoBundle, type DemoOptions } from "./draw-bundle.ts";
import type { DrawCase } from "./draw-worker.ts";
import type { CasePlan } from "./plan.ts";

export interface DemoBundlesOptions extends DemoOptions, ThreadOptions {
  /** The cases to draw; those made by hand by default. */
  readonly plans?: readonly CasePlan[];
  /** Which of the plans are wanted; all by default. The others are not drawn. */
  readonly wanted?: (plan: CasePlan) => boolean;
}

/**
 * Draws the demo's cases and hands them out in order, each as soon as it is there. The same seed
 * gives the same files on any number of threads, of which 0 draws in this one. Leaving the loop
 * early stops the drawing.
 */
export async function* demoBundles(options: DemoBundlesOptions): AsyncGenerator<DemoBundle> {
  const { signal, seed, now, wanted = () => true } = options;
  const plans = (options.plans ?? casePlans).filter(wanted);
  if (options.threads === 0) {
    for (const plan of plans) {
      signal?.throwIfAborted();
      yield await drawBundle(plan, { seed, now });
    }
    return;
  }
  const jobs = plans.map((plan): DrawCase => ({ plan, seed, now }));
  yield* inThreads<DemoBundle>(new URL("./draw-worker.ts", import.meta.url), jobs, options);
}

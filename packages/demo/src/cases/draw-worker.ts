import { parentPort } from "node:worker_threads";
import { casePlans } from "./case-plans.ts";
import { drawBundle } from "./draw-bundle.ts";

/** Draws cases in a thread of its own: gets `{ index, seed, now }`, answers with the bundle. */
if (parentPort === null)
  throw new Error("This file runs as a worker of the demo; import ./demo-cases instead.");
const port = parentPort;
port.on(
  "message",
  (job: { readonly index: number; readonly seed: number; readonly now: number }) => {
    const plan = casePlans[job.index];
    if (plan === undefined) throw new RangeError(`The demo has no case ${job.index}.`);
    drawBundle(plan, { seed: job.seed, now: new Date(job.now) }).then(
      (bundle) => port.postMessage({ index: job.index, bundle }),
      (error: unknown) => port.postMessage({ index: job.index, error }),
    );
  },
);

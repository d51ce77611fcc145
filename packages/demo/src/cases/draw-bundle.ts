import { drawAccount, type DemoFile } from "./account-files.ts";
import { caseJson } from "./case-json.ts";
import type { AccountPlan, CasePlan, Truth } from "./plan.ts";

/** Everything that `POST /v1/cases` takes for one case, and the right answer beside it. */
export interface DemoBundle {
  readonly name: string;
  /** The JSON of the part `case`. */
  readonly case: object;
  /** A file for each `ref` of the case. */
  readonly files: ReadonlyMap<string, DemoFile>;
  readonly truth: Truth;
}

export interface DemoOptions {
  /** The same seed draws the same people and files. */
  readonly seed: number;
  /** Times of the cases are counted back from here, so that their due times lie ahead. */
  readonly now: Date;
}

/** Draws one case of the demo. */
export async function drawBundle(plan: CasePlan, options: DemoOptions): Promise<DemoBundle> {
  const { seed, now } = options;
  const draw = (account: AccountPlan, prefix: string): ReturnType<typeof drawAccount> =>
    drawAccount({ seed, region: plan.region, account, prefix, cast: plan.cast ?? {} });
  const probe = await draw(plan.probe, "");
  const candidates: Awaited<ReturnType<typeof draw>>[] = [];
  for (const [i, candidate] of plan.candidates.entries())
    candidates.push(await draw(candidate, `c${i + 1}-`));
  const files = new Map(
    [...probe, ...candidates.flat()].map((item) => [item.evidence.ref, item.file]),
  );
  return {
    name: plan.name,
    case: caseJson({ plan, seed, now, probe, candidates }),
    files,
    truth: plan.truth,
  };
}

import { COMPONENTS, RATING_WORDS } from "@secondlook/domain/judging/rating";
import {
  allSealed,
  type Bench,
  currentCandidate,
  hasLooked,
  lastJudgement,
} from "../model/bench.ts";
import classes from "./judge.module.css";
import { COMPONENT_WORDS, MISSING_WORDS, signed } from "./words.ts";

/** What was sealed of the candidate on the stage, while nothing is revealed yet. */
export function SealedPanel({ bench }: { readonly bench: Bench }) {
  const candidate = currentCandidate(bench);
  const judgement = candidate === undefined ? null : lastJudgement(candidate);
  return (
    <div className={classes.panel}>
      {judgement === null ? (
        <section>
          <h2 className={classes.heading}>Nothing to rate</h2>
          <p className={classes.note}>This case has no candidate.</p>
        </section>
      ) : (
        <section>
          <h2 className={classes.heading}>Sealed</h2>
          <p className={classes.sealed}>
            <span className={classes.sealedValue}>{signed(judgement.rating)}</span>
            {RATING_WORDS[judgement.rating]}
          </p>
          <Parts words="Alike" parts={partsOf(judgement.components, "alike")} />
          <Parts words="Unlike" parts={partsOf(judgement.components, "unlike")} />
          <Parts words="Not visible" parts={partsOf(judgement.components, "not_visible")} />
          <Parts words="Missing" parts={judgement.missing.map((each) => MISSING_WORDS[each])} />
        </section>
      )}
      <p className={classes.note}>
        {judgement === null
          ? hasLooked(bench)
            ? "Press Enter to go on to the outcome."
            : "Look at the probe; then Enter goes on to the outcome."
          : allSealed(bench.work)
            ? "Press Enter to see what the machine said. It opens once, after every seal."
            : "Compare the names and details below, then press Enter for the next candidate."}
      </p>
    </div>
  );
}

function Parts({ words, parts }: { readonly words: string; readonly parts: readonly string[] }) {
  if (parts.length === 0) return null;
  return (
    <p className={classes.parts}>
      <span>{words}</span> {parts.join(", ").toLowerCase()}
    </p>
  );
}

function partsOf(components: Readonly<Partial<Record<string, string>>>, view: string): string[] {
  return COMPONENTS.filter((each) => components[each] === view).map(
    (each) => COMPONENT_WORDS[each],
  );
}

import { OUTCOME_WORDS } from "@secondlook/domain/decisions/outcome";
import { REASONS } from "@secondlook/domain/decisions/reasons";
import type { CasePage } from "../../lib/contract.ts";
import { instantOf } from "../../ui/time.ts";
import classes from "./cases.module.css";
import { ShownText } from "../../ui/shown-text.tsx";

const ROUND_WORDS: Record<string, string> = {
  first: "first look",
  second: "second look",
  adjudication: "adjudication",
  second_adjudication: "second adjudication",
};

/** Every decision of a case, those that were undone too. */
export function Decisions({ decisions }: { readonly decisions: CasePage["decisions"] }) {
  return (
    <section aria-labelledby="decisions">
      <h2 id="decisions">Decisions</h2>
      {decisions.length === 0 ? <p className={classes.dim}>Nothing is decided yet.</p> : null}
      {decisions.map((decision) => (
        <article
          key={decision.decisionId}
          className={classes.decision}
          data-undone={decision.undoneAt !== null}
        >
          <h3>
            {OUTCOME_WORDS[decision.outcome]}
            {decision.undoneAt === null ? "" : " (undone)"}
          </h3>
          <p className={classes.dim}>
            {ROUND_WORDS[decision.round] ?? decision.round}, cycle {decision.cycle} ·{" "}
            <ShownText>{decision.by}</ShownText> · {instantOf(decision.decidedAt)}
          </p>
          <p>
            {decision.same} same, {decision.different} different, {decision.unresolved} unresolved
          </p>
          <p>{decision.reasons.map((reason) => REASONS[reason].words).join(" · ")}</p>
          {decision.rationale === null || decision.rationale === "" ? null : (
            <p>
              <ShownText>{decision.rationale}</ShownText>
            </p>
          )}
          {decision.question === null ? null : (
            <p>
              <strong>Asked a lead:</strong> <ShownText>{decision.question}</ShownText>
            </p>
          )}
          <p className={classes.dim}>{standing(decision)}</p>
          {decision.mistake === null ? null : (
            <p>
              <strong>Reported as a mistake</strong> by its author,{" "}
              {instantOf(decision.mistake.reportedAt)}:{" "}
              <ShownText>{decision.mistake.note}</ShownText>
            </p>
          )}
        </article>
      ))}
    </section>
  );
}

function standing(decision: CasePage["decisions"][number]): string {
  if (decision.undoneAt !== null) return `undone ${instantOf(decision.undoneAt)}`;
  return decision.effectiveAt === null
    ? "not effective"
    : `effective since ${instantOf(decision.effectiveAt)}`;
}

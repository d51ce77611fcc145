import { OUTCOME_WORDS } from "@secondlook/domain/decisions/outcome";
import type { Reveal } from "../../../lib/contract.ts";
import { findingOf, lastJudgement, type Bench } from "../model/bench.ts";
import { signed } from "../judge/words.ts";
import { KeyCap } from "../key-cap.tsx";
import { keepFocus } from "../keep-focus.ts";
import classes from "./decide.module.css";
import { ShownText } from "../../../ui/shown-text.tsx";

const RECOMMENDATION_WORDS = {
  same_person: ["The machine recommends", "The same person"],
  different_person: ["The machine recommends", "Different people"],
  none: ["The machine", "No recommendation"],
} as const;

/** What the machine said against what the reviewer said, candidate by candidate. */
export function MachineView(props: {
  readonly bench: Bench;
  readonly reveal: Reveal;
  readonly onShow: (position: number) => void;
  readonly onFinding: (position: number) => void;
}) {
  const { bench, reveal } = props;
  const { machine } = reveal;
  const scores = new Map(reveal.candidates.map((each) => [each.candidateId, each]));
  return (
    <section aria-labelledby="machine">
      <h2 id="machine" className={classes.heading}>
        You and the machine
      </h2>
      {machine === null ? (
        <p className={classes.note}>No matcher ran for this case.</p>
      ) : (
        <p className={classes.machine}>
          <span>{RECOMMENDATION_WORDS[machine.recommendation][0]}</span>
          <strong>{RECOMMENDATION_WORDS[machine.recommendation][1]}</strong>
          <span className={classes.source}>
            <ShownText>{machine.provider}</ShownText> <ShownText>{machine.modelVersion}</ShownText>{" "}
            · threshold {machine.threshold === null ? "not disclosed" : score(machine.threshold)}
          </span>
        </p>
      )}
      {bench.work.candidates.length === 0 ? null : (
        <table className={classes.findings}>
          <thead>
            <tr>
              <th scope="col">Candidate</th>
              <th scope="col">You</th>
              <th scope="col">Machine</th>
              <th scope="col">
                Finding <KeyCap of="finding" />
              </th>
            </tr>
          </thead>
          <tbody>
            {bench.work.candidates.map((candidate, position) => {
              const last = lastJudgement(candidate);
              const amended = candidate.amendments.length > 0 && candidate.sealed !== null;
              const similarity = scores.get(candidate.candidateId)?.similarity ?? null;
              const finding = findingOf(bench, candidate);
              return (
                <tr key={candidate.candidateId} data-current={position === bench.position}>
                  <th scope="row">
                    <button
                      type="button"
                      className={classes.plain}
                      aria-current={position === bench.position}
                      aria-label={`Show candidate ${position + 1}`}
                      onMouseDown={keepFocus}
                      onClick={() => props.onShow(position)}
                    >
                      {position + 1}
                    </button>
                  </th>
                  <td>
                    {amended && candidate.sealed !== null ? (
                      <span className={classes.before}>{signed(candidate.sealed.rating)} → </span>
                    ) : null}
                    {last === null ? "–" : signed(last.rating)}
                  </td>
                  <td>{similarity === null ? "no score" : score(similarity)}</td>
                  <td>
                    <button
                      type="button"
                      className={classes.finding}
                      data-finding={finding}
                      onMouseDown={keepFocus}
                      onClick={() => props.onFinding(position)}
                    >
                      {finding}
                    </button>
                  </td>
                </tr>
              );
            })}
          </tbody>
        </table>
      )}
      <Earlier reveal={reveal} bench={bench} />
    </section>
  );
}

function Earlier({ reveal, bench }: { readonly reveal: Reveal; readonly bench: Bench }) {
  if (reveal.earlier.length === 0) return null;
  const order = new Map(
    bench.work.candidates.map((candidate, index) => [candidate.candidateId, index + 1]),
  );
  return (
    <div className={classes.earlier}>
      <h3>What was decided before</h3>
      {reveal.earlier.map((round, index) => (
        // Rounds come in their order and never change places.
        <div key={index} className={classes.round}>
          <strong>{OUTCOME_WORDS[round.outcome]}</strong>
          <span>
            {round.findings
              .map((each) => `${order.get(each.candidateId) ?? "?"}: ${each.finding}`)
              .join(" · ")}
          </span>
          {round.rationale === "" ? null : (
            <p>
              <ShownText>{round.rationale}</ShownText>
            </p>
          )}
          {round.question === null ? null : (
            <p>
              Asks: <ShownText>{round.question}</ShownText>
            </p>
          )}
        </div>
      ))}
    </div>
  );
}

function score(value: number): string {
  return value.toFixed(1);
}

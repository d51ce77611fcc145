import type { RefObject } from "react";
import type { Reveal } from "../../../lib/contract.ts";
import type { Bench } from "../model/bench.ts";
import { chooseOutcome, cycleFinding, toggleReason, withForm } from "../model/changes.ts";
import type { ReviewState } from "../model/review-state.ts";
import classes from "./decide.module.css";
import { DecisionTexts } from "./decision-texts.tsx";
import { MachineView } from "./machine-view.tsx";
import { OutcomeForm } from "./outcome-form.tsx";

/** After the reveal: findings, outcome, reasons, rationale. */
export function DecidePanel(props: {
  readonly bench: Bench;
  readonly reveal: Reveal;
  readonly attention: ReviewState["attention"];
  readonly rationaleRef: RefObject<HTMLTextAreaElement | null>;
  readonly onEdit: (change: (bench: Bench) => Bench) => void;
  readonly onShow: (position: number) => void;
}) {
  const { bench, onEdit } = props;
  return (
    <div className={classes.panel}>
      <MachineView
        bench={bench}
        reveal={props.reveal}
        onShow={props.onShow}
        onFinding={(position) =>
          onEdit((current) => {
            const candidate = current.work.candidates[position];
            return candidate === undefined ? current : cycleFinding(current, candidate);
          })
        }
      />
      <OutcomeForm
        bench={bench}
        attention={props.attention}
        onOutcome={(outcome) => onEdit((current) => chooseOutcome(current, outcome))}
        onReason={(reason) => onEdit((current) => toggleReason(current, reason))}
      />
      <DecisionTexts
        bench={bench}
        attention={props.attention}
        rationaleRef={props.rationaleRef}
        onChange={(change) => onEdit((current) => withForm(current, change))}
      />
    </div>
  );
}

import { OUTCOME_WORDS } from "@secondlook/domain/decisions/outcome";
import { useNow } from "../../../ui/use-now.ts";
import type { ReviewState } from "../model/review-state.ts";
import { KeyCap } from "../key-cap.tsx";
import { keepFocus } from "../keep-focus.ts";
import classes from "./flow.module.css";

/** The way back from the last decision, for as long as there is one. */
export function UndoBar(props: {
  readonly undo: NonNullable<ReviewState["undo"]>;
  readonly onUndo: () => void;
  /** On the workbench it stands in the foot; elsewhere it floats. */
  readonly floats?: boolean;
}) {
  const left = Math.ceil((props.undo.until - useNow(250)) / 1000);
  if (left <= 0) return null;
  return (
    <div className={classes.undo} data-floats={props.floats ?? false}>
      <span>
        Decided: <strong>{OUTCOME_WORDS[props.undo.outcome]}</strong>
      </span>
      <button
        type="button"
        className={classes.undoButton}
        onMouseDown={keepFocus}
        onClick={props.onUndo}
      >
        Undo <KeyCap of="undo" />
      </button>
      <span className={classes.undoLeft} aria-hidden="true">
        {Math.min(left, props.undo.seconds)} s
      </span>
    </div>
  );
}

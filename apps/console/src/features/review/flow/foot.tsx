import { RATING_WORDS } from "@secondlook/domain/judging/rating";
import { serverNow } from "../../../lib/server-clock.ts";
import { useTyping } from "../../../lib/keyboard/use-typing.ts";
import { signed } from "../judge/words.ts";
import { type Bench, currentCandidate, judgementForm, reachable } from "../model/bench.ts";
import { isJudging } from "../model/changes.ts";
import { nextStep, type Step } from "../model/next-step.ts";
import type { ReviewState } from "../model/review-state.ts";
import { KeyCap } from "../key-cap.tsx";
import { keepFocus } from "../keep-focus.ts";
import classes from "./flow.module.css";
import { BUSY_WORDS, isReady, stepWords } from "./step-words.ts";
import { UndoBar } from "./undo-bar.tsx";

const DRAFT_WORDS: Record<ReviewState["draft"], string> = {
  kept: "",
  recovered: "your draft is back",
  changed: "keeping …",
  not_kept: "not kept yet; tried again",
};

/** Where one is among the candidates, what was said, and what Enter does. */
export function Foot(props: {
  readonly state: ReviewState;
  readonly bench: Bench;
  /** Points are being put on the faces: until that is over Enter puts one. */
  readonly picking: boolean;
  readonly onEnter: () => void;
  readonly onUndo: () => void;
  readonly onShow: (position: number) => void;
  readonly onRelease: () => void;
  readonly onPause: () => void;
  readonly onKeys: () => void;
}) {
  const { state, bench } = props;
  const step = nextStep(bench, new Date(serverNow()));
  const lost = state.lost !== null;
  const typing = useTyping();
  return (
    <footer className={classes.foot}>
      <Dots bench={bench} onShow={props.onShow} />
      <div className={classes.actions}>
        <button type="button" className={classes.quiet} onClick={props.onKeys}>
          Keys <KeyCap of="keys" />
        </button>
        {lost ? null : (
          <>
            <button type="button" className={classes.quiet} onClick={props.onPause}>
              Pause <KeyCap of="pause" />
            </button>
            <button type="button" className={classes.quiet} onClick={props.onRelease}>
              Release <KeyCap of="release" />
            </button>
          </>
        )}
      </div>
      <div className={classes.middle}>
        {state.undo === null ? null : <UndoBar undo={state.undo} onUndo={props.onUndo} />}
        <output
          className={classes.hint}
          data-refuses={state.hint !== null || state.draft === "not_kept"}
        >
          {state.hint ?? (state.busy === null ? DRAFT_WORDS[state.draft] : BUSY_WORDS[state.busy])}
        </output>
      </div>
      <div className={classes.go}>
        <Chosen bench={bench} />
        <button
          type="button"
          className={classes.next}
          data-ready={
            state.lost === null ? !props.picking && isReady(step) : state.lost.free === false
          }
          data-harm={bench.armed}
          aria-busy={state.busy !== null}
          onMouseDown={keepFocus}
          onClick={props.onEnter}
        >
          {lost ? "Next case" : enterWords(step, bench.armed, props.picking)}{" "}
          <kbd>{typing ? "Esc, then Enter" : "Enter"}</kbd>
        </button>
      </div>
    </footer>
  );
}

/** What is chosen so far, where the form itself may be out of sight. */
function Chosen({ bench }: { readonly bench: Bench }) {
  const candidate = currentCandidate(bench);
  if (candidate === undefined || !isJudging(bench)) return null;
  const { rating } = judgementForm(bench, candidate.candidateId);
  if (rating === null) return null;
  return (
    <span className={classes.chosen} title={RATING_WORDS[rating]}>
      {signed(rating)} <span>{RATING_WORDS[rating]}</span>
    </span>
  );
}

function enterWords(step: Step, armed: boolean, picking: boolean): string {
  if (picking) return "Put the point";
  return armed ? `${stepWords(step)}: press again` : stepWords(step);
}

function Dots(props: { readonly bench: Bench; readonly onShow: (position: number) => void }) {
  const { candidates } = props.bench.work;
  if (candidates.length === 0) return <div className={classes.dots} />;
  const sealed = candidates.filter((candidate) => candidate.sealed !== null).length;
  const reach = reachable(props.bench.work);
  return (
    <fieldset className={classes.dots} aria-label="Candidates" data-choices>
      {candidates.map((candidate, position) => (
        <button
          key={candidate.candidateId}
          type="button"
          className={classes.dot}
          data-sealed={candidate.sealed !== null}
          disabled={position >= reach}
          aria-current={position === props.bench.position}
          aria-label={`Candidate ${position + 1}, ${candidate.sealed === null ? "open" : "sealed"}`}
          onMouseDown={keepFocus}
          onClick={() => props.onShow(position)}
        />
      ))}
      <span className={classes.count}>
        {sealed} of {candidates.length} sealed
      </span>
    </fieldset>
  );
}

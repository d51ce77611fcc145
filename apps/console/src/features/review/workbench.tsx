import { useLayoutEffect, useRef } from "react";
import type { MediaStore } from "../../lib/media/media-store.ts";
import type { Store } from "../../lib/store.ts";
import { AttributesTable } from "./attributes/attributes-table.tsx";
import { DecidePanel } from "./decide/decide-panel.tsx";
import { BreakBanner } from "./flow/break-banner.tsx";
import { CaseStatus, type QueueNews } from "./flow/case-status.tsx";
import type { DialogName } from "./flow/dialogs.tsx";
import { Foot } from "./flow/foot.tsx";
import { HardCapBanner, LostBanner } from "./flow/lease-banners.tsx";
import { Tour } from "./flow/tour.tsx";
import { JudgePanel } from "./judge/judge-panel.tsx";
import { SealedPanel } from "./judge/sealed-panel.tsx";
import { type Bench, currentCandidate, pairKey } from "./model/bench.ts";
import { isJudging, switchEvidence, toggleExtent } from "./model/changes.ts";
import type { ReviewSession } from "./model/review-session.ts";
import type { ReviewState } from "./model/review-state.ts";
import type { Cover } from "./stage/cover.ts";
import { showPin } from "./stage/pins.ts";
import { Stage } from "./stage/stage.tsx";
import type { StageControl } from "./stage/stage-control.ts";
import { useLooking } from "./stage/use-looking.ts";
import { useFact } from "./viewer/use-viewer.ts";
import { isPicking } from "./viewer/viewer-state.ts";
import { useSitting } from "./use-sitting.ts";
import { useDisarming } from "./use-disarming.ts";
import { goOn, useReviewKeys } from "./use-review-keys.ts";
import classes from "./workbench.module.css";

/** Where the form stands below the stage, as in the style sheet. */
const ONE_COLUMN = "(max-width: 56rem), (max-height: 30rem)";

function inOneColumn(): boolean {
  return window.matchMedia(ONE_COLUMN).matches;
}

/** One case on the bench: the stage, what opens after the seal, and the form beside it. */
export function Workbench(props: {
  readonly session: ReviewSession;
  readonly state: ReviewState;
  readonly bench: Bench;
  readonly media: MediaStore;
  readonly control: StageControl;
  readonly cover: Store<Cover>;
  /** Whose name stands over the evidence. */
  readonly who: string;
  readonly queue: QueueNews;
  readonly onDialog: (open: DialogName) => void;
}) {
  const { session, state, bench } = props;
  const offered = useSitting();
  const panel = useRef<HTMLElement>(null);
  const rationale = useRef<HTMLTextAreaElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const { caseId, fence } = bench.work;
  // Another case begins with its pictures, wherever the one before was left.
  useLayoutEffect(() => {
    if (inOneColumn()) body.current?.scrollIntoView({ block: "start" });
  }, [caseId, fence]);
  useReviewKeys(state, {
    session,
    control: props.control,
    cover: props.cover,
    open: props.onDialog,
    offered,
    write: () => {
      const field = rationale.current;
      field?.focus();
      field?.setSelectionRange(field.value.length, field.value.length);
    },
    toForm: () => {
      if (inOneColumn()) panel.current?.scrollIntoView({ block: "start" });
    },
    toStage: () => {
      if (inOneColumn()) body.current?.scrollIntoView({ block: "start" });
    },
  });
  useDisarming(bench.armed, session);
  useLooking(props);
  const picking = useFact(props.control.viewer.state, isPicking);
  const candidate = currentCandidate(bench);
  const attributes = bench.attributes[pairKey(bench)];
  const closed = state.lost !== null;
  return (
    <div className={classes.bench}>
      <CaseStatus work={bench.work} lost={closed} queue={props.queue} />
      <h1 className={classes.hidden} tabIndex={-1}>
        {candidate === undefined ? "Review a flagged verification" : "Review a possible duplicate"}
      </h1>
      {state.lost === null ? (
        <HardCapBanner work={bench.work} />
      ) : (
        <LostBanner
          lost={state.lost}
          onRetake={() => void session.retake()}
          onNext={() => void session.enter()}
        />
      )}
      {offered === null || closed ? null : (
        <BreakBanner
          minutes={offered.minutes}
          onPause={() => void session.pause()}
          onLater={offered.later}
        />
      )}
      <div ref={body} className={classes.body}>
        <div className={classes.left}>
          <Stage
            bench={bench}
            media={props.media}
            control={props.control}
            cover={props.cover}
            closed={closed}
            who={props.who}
            onSwitch={(side, index) => session.edit((one) => switchEvidence(one, side, index))}
            onExtent={(side, extent) => session.edit((one) => toggleExtent(one, side, extent))}
            onPin={(side, evidenceId, frame) =>
              showPin(session, props.control, { side, evidenceId, frame })
            }
            onNewCapture={session.askNewCapture}
          />
          {attributes === undefined || closed ? null : (
            <AttributesTable
              view={attributes}
              unmasked={bench.unmasked[pairKey(bench)] ?? {}}
              onReveal={session.toggleMask}
            />
          )}
        </div>
        <aside ref={panel} className={classes.panel} aria-label="Your judgement" inert={closed}>
          {isJudging(bench) ? (
            <JudgePanel bench={bench} attention={state.attention} onEdit={session.edit} />
          ) : bench.reveal === null ? (
            <SealedPanel bench={bench} />
          ) : (
            <DecidePanel
              bench={bench}
              reveal={bench.reveal}
              attention={state.attention}
              rationaleRef={rationale}
              onEdit={session.edit}
              onShow={session.goTo}
            />
          )}
        </aside>
      </div>
      <Tour state={state} />
      <Foot
        state={state}
        bench={bench}
        picking={picking}
        onEnter={() => goOn(props, false)}
        onUndo={() => void session.undo()}
        onShow={session.goTo}
        onRelease={() => props.onDialog("release")}
        onPause={() => void session.pause()}
        onKeys={() => props.onDialog("keys")}
      />
    </div>
  );
}

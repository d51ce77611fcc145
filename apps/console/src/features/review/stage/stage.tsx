import { useRef } from "react";
import type { EvidenceView } from "../../../lib/contract.ts";
import type { MediaStore } from "../../../lib/media/media-store.ts";
import { type Store, useStore } from "../../../lib/store.ts";
import { type Bench, currentCandidate } from "../model/bench.ts";
import { leaseOf } from "../model/review-state.ts";
import { AmountSlider } from "../viewer/amount-slider.tsx";
import { ClipBar, useInStep } from "../viewer/clip/clip-bar.tsx";
import { PickingMarks } from "../viewer/picking-marks.tsx";
import { modeOf } from "../viewer/places.ts";
import { StageCanvas } from "../viewer/stage-canvas.tsx";
import { StageSurface, WipeHandle } from "../viewer/stage-surface.tsx";
import { Toolbar } from "../viewer/toolbar.tsx";
import { useFact } from "../viewer/use-viewer.ts";
import type { Pictures, SideName } from "../viewer/viewer-state.ts";
import { KeyCap } from "../key-cap.tsx";
import { useNoSaving } from "../watermark/use-no-saving.ts";
import { Watermark } from "../watermark/watermark.tsx";
import { type Cover, isCovered, isQuiet } from "./cover.ts";
import { EvidenceBar } from "./evidence-bar.tsx";
import { Pane } from "./pane.tsx";
import type { StageControl } from "./stage-control.ts";
import classes from "./stage.module.css";
import { useMedia } from "./use-media.ts";

export interface StageProps {
  readonly bench: Bench;
  readonly media: MediaStore;
  readonly control: StageControl;
  readonly cover: Store<Cover>;
  readonly closed: boolean;
  /** Whose name stands over the evidence. */
  readonly who: string;
  readonly onSwitch: (side: SideName, index: number) => void;
  readonly onExtent: (side: SideName, extent: "screen" | "detail") => void;
  readonly onPin: (side: SideName, evidenceId: string, frame: number) => void;
  readonly onNewCapture: () => void;
}

/** Probe and candidate on one stage. */
export function Stage(props: StageProps) {
  const { bench, media, control, cover, closed } = props;
  const { viewer } = control;
  const root = useRef<HTMLDivElement>(null);
  useNoSaving(root);
  const state = useStore(cover);
  const covered = isCovered(state, bench.work.caseId) && !closed;
  const mode = useFact(viewer.state, ({ mode: one }) => one);
  const pair = useFact(viewer.pictures, isPair);
  const front = useStore(viewer.front);
  useInStep(viewer);
  const shownMode = pair ? mode : "side";
  const candidate = currentCandidate(bench);
  const count = bench.work.candidates.length;
  const { onNewCapture } = props;
  const shared = { lease: leaseOf(bench.work), media, viewer, closed, onNewCapture };
  const sides: readonly { side: SideName; evidence: readonly EvidenceView[] }[] = [
    { side: "probe", evidence: bench.work.probe.evidence },
    { side: "candidate", evidence: candidate?.evidence ?? [] },
  ];
  return (
    <div ref={root} className={classes.stage} data-covered={covered}>
      <Toolbar viewer={viewer} does={control.does} closed={closed} />
      <div className={classes.panes} data-mode={shownMode} data-front={front}>
        <StageCanvas viewer={viewer} covered={covered} />
        <Watermark who={props.who} over="stage" />
        <StageSurface viewer={viewer}>
          <Pane
            {...shared}
            side="probe"
            title="Probe"
            evidence={bench.work.probe.evidence}
            view={bench.sides.probe}
          />
          {candidate === undefined ? (
            <NoCandidate />
          ) : (
            <Pane
              {...shared}
              key={candidate.candidateId}
              side="candidate"
              title={count === 1 ? "Candidate" : `Candidate ${bench.position + 1} of ${count}`}
              evidence={candidate.evidence}
              view={bench.sides.candidate}
            />
          )}
          {shownMode === "wipe" || shownMode === "wipe_across" ? (
            <WipeHandle key={shownMode} viewer={viewer} mode={shownMode} />
          ) : null}
          {shownMode === "side" || shownMode === "difference" ? null : (
            <AmountSlider viewer={viewer} mode={shownMode} />
          )}
          <PickingMarks viewer={viewer} />
        </StageSurface>
        {covered ? <CoverNote quiet={isQuiet(state, bench.work.caseId)} /> : null}
      </div>
      <div className={classes.bars}>
        {sides.map(({ side, evidence }) => (
          <div key={side} className={classes.bar} inert={closed}>
            <EvidenceBar
              side={side}
              evidence={evidence}
              view={bench.sides[side]}
              viewer={viewer}
              onSwitch={props.onSwitch}
              onExtent={props.onExtent}
              onPin={props.onPin}
            />
            <SideClip side={side} evidence={evidence} {...props} />
          </div>
        ))}
      </div>
    </div>
  );
}

function SideClip(
  props: StageProps & { readonly side: SideName; readonly evidence: readonly EvidenceView[] },
) {
  const { bench, media, side, control, closed } = props;
  const { viewer, clips } = control;
  const shown = props.evidence[bench.sides[side].index];
  const found = useMedia(media, bench.work.caseId, shown?.evidenceId ?? "", "clip");
  if (shown?.kind !== "face_clip" || found?.state === "failed" || closed) return null;
  return (
    <ClipBar
      viewer={viewer}
      side={side}
      evidenceId={shown.evidenceId}
      does={clips}
      who={props.who}
    />
  );
}

function NoCandidate() {
  return (
    <section className={classes.pane} aria-label="Candidate">
      <h2 className={classes.title}>Candidate</h2>
      <div className={classes.explained}>
        <div>
          <strong>No candidate to compare with</strong>
          <p>
            Who sent this verification flagged it without naming one. Decide by the probe alone.
          </p>
        </div>
      </div>
    </section>
  );
}

function CoverNote({ quiet }: { readonly quiet: boolean }) {
  return (
    <div className={classes.cover}>
      <span>{quiet ? "Covered after quiet minutes." : "The evidence is covered."}</span>
      <span>
        Hold <KeyCap of="look" /> to look · <KeyCap of="cover" /> uncovers this case ·{" "}
        <KeyCap of="never_cover" /> uncovers every case
      </span>
    </div>
  );
}

function isPair(pictures: Pictures): boolean {
  return modeOf({ mode: "wipe" }, pictures) === "wipe";
}

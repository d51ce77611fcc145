import type { MediaStore } from "../../../lib/media/media-store.ts";
import { type Store, useStore } from "../../../lib/store.ts";
import { type Bench, currentCandidate } from "../model/bench.ts";
import { leaseOf } from "../model/review-state.ts";
import { type Cover, isCovered, isQuiet } from "./cover.ts";
import { EvidenceBar } from "./evidence-bar.tsx";
import { Pane } from "./pane.tsx";
import type { StageControl } from "./stage-control.ts";
import classes from "./stage.module.css";

export interface StageProps {
  readonly bench: Bench;
  readonly media: MediaStore;
  readonly control: StageControl;
  readonly cover: Store<Cover>;
  readonly closed: boolean;
  readonly onSwitch: (side: "probe" | "candidate", index: number) => void;
  readonly onWhole: (side: "probe" | "candidate") => void;
}

/** Probe and candidate side by side, looked at alike. */
export function Stage({ bench, media, control, cover, closed, onSwitch, onWhole }: StageProps) {
  const state = useStore(cover);
  const covered = isCovered(state, bench.work.caseId) && !closed;
  const candidate = currentCandidate(bench);
  const count = bench.work.candidates.length;
  const shared = { lease: leaseOf(bench.work), media, control, covered, closed };
  return (
    <div className={classes.stage}>
      <div className={classes.panes}>
        <Pane
          {...shared}
          title="Probe"
          evidence={bench.work.probe.evidence}
          view={bench.sides.probe}
        />
        {candidate === undefined ? (
          <section className={classes.pane} aria-label="Candidate">
            <h2 className={classes.title}>Candidate</h2>
            <div className={classes.explained}>
              <div>
                <strong>No candidate to compare with</strong>
                <p>Upstream flagged this verification without one. Decide by the probe alone.</p>
              </div>
            </div>
          </section>
        ) : (
          <Pane
            {...shared}
            key={candidate.candidateId}
            title={count === 1 ? "Candidate" : `Candidate ${bench.position + 1} of ${count}`}
            evidence={candidate.evidence}
            view={bench.sides.candidate}
          />
        )}
        {covered ? (
          <div className={classes.cover}>
            <span>
              {isQuiet(state, bench.work.caseId)
                ? "Covered after quiet minutes."
                : "The evidence is covered."}
            </span>
            <span>
              Hold <kbd>Space</kbd> to look · <kbd>b</kbd> uncovers this case · <kbd>Shift b</kbd>{" "}
              uncovers every case
            </span>
          </div>
        ) : null}
      </div>
      <div className={classes.bars}>
        <EvidenceBar
          side="probe"
          evidence={bench.work.probe.evidence}
          view={bench.sides.probe}
          onSwitch={onSwitch}
          onWhole={onWhole}
        />
        <EvidenceBar
          side="candidate"
          evidence={candidate?.evidence ?? []}
          view={bench.sides.candidate}
          onSwitch={onSwitch}
          onWhole={onWhole}
        />
      </div>
    </div>
  );
}

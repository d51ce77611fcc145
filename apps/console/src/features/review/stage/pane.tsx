import { useEffect, useState } from "react";
import type { EvidenceView, LeaseRef } from "../../../lib/contract.ts";
import type { MediaStore } from "../../../lib/media/media-store.ts";
import type { SideView } from "../model/bench.ts";
import { shownRendition } from "../model/prefetch.ts";
import { Clip } from "./clip.tsx";
import type { StageControl } from "./stage-control.ts";
import classes from "./stage.module.css";
import { useMedia } from "./use-media.ts";
import { FAILURE_WORDS, KIND_WORDS } from "./words.ts";
import { ZoomLayer } from "./zoom-layer.tsx";

export interface PaneProps {
  readonly title: string;
  readonly lease: LeaseRef;
  readonly media: MediaStore;
  readonly evidence: readonly EvidenceView[];
  readonly view: SideView;
  readonly control: StageControl;
  readonly covered: boolean;
  /** The lease is gone: nothing is shown and nothing fetched. */
  readonly closed: boolean;
}

/** One side of the stage. */
export function Pane(props: PaneProps) {
  const item = props.evidence[props.view.index] ?? props.evidence[0];
  return (
    <section className={classes.pane} aria-label={props.title}>
      <h2 className={classes.title}>{props.title}</h2>
      {item === undefined ? (
        <Explained
          title="Nothing was sent for this side"
          text="There is neither photo nor clip. Choose “can’t tell”, or decide by what opens after the seal."
        />
      ) : (
        <Shown key={item.evidenceId} {...props} item={item} />
      )}
    </section>
  );
}

function Shown(props: PaneProps & { readonly item: EvidenceView }) {
  const { item, lease, media, view, closed } = props;
  const [status, setStatus] = useState("");
  const rendition = shownRendition(item, view.whole);
  const found = useMedia(media, lease.caseId, item.evidenceId, rendition);
  const missing = found === undefined && !closed;
  useEffect(() => {
    // Fetched only once it is asked for: each view stands in the log.
    if (missing) media.load(lease, item.evidenceId, rendition);
  }, [missing, media, lease, item.evidenceId, rendition]);

  if (closed) return <Explained {...FAILURE_WORDS.lease_lost} kind={KIND_WORDS[item.kind]} />;
  if (found === undefined || found.state === "loading") {
    return <div className={classes.loading}>Opening …</div>;
  }
  if (found.state === "failed") {
    const words = FAILURE_WORDS[found.why];
    return <Explained {...words} kind={KIND_WORDS[item.kind]} />;
  }
  const label = `${KIND_WORDS[item.kind]}, ${props.title}${view.whole ? ", whole" : ""}`;
  return (
    <>
      <ZoomLayer control={props.control}>
        <div className={classes.picture} data-covered={props.covered}>
          {item.kind === "face_clip" ? (
            <Clip
              evidence={item}
              url={found.url}
              label={label}
              control={props.control}
              onStatus={setStatus}
              onBroken={() => media.markBroken(lease.caseId, item.evidenceId, rendition)}
            />
          ) : (
            <img
              className={classes.media}
              src={found.url}
              alt={label}
              decoding="sync"
              draggable={false}
            />
          )}
        </div>
      </ZoomLayer>
      {item.kind === "face_clip" ? <div className={classes.counter}>{status}</div> : null}
    </>
  );
}

function Explained(props: {
  readonly title: string;
  readonly text: string;
  readonly kind?: string;
}) {
  return (
    <div className={classes.explained}>
      <div>
        {props.kind === undefined ? null : <span className={classes.kind}>{props.kind}</span>}
        <strong>{props.title}</strong>
        <p>{props.text}</p>
      </div>
    </div>
  );
}

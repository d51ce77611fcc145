import { useEffect, useLayoutEffect } from "react";
import type { EvidenceView, LeaseRef, RenditionName } from "../../../lib/contract.ts";
import type { MediaStore, Opened } from "../../../lib/media/media-store.ts";
import { keepFocus } from "../keep-focus.ts";
import { KeyCap } from "../key-cap.tsx";
import type { SideView } from "../model/bench.ts";
import { shownRendition } from "../model/prefetch.ts";
import { ClipOnStage } from "../viewer/clip/clip-on-stage.tsx";
import { TurnedNote } from "../viewer/turned-note.tsx";
import type { SideName } from "../viewer/viewer-state.ts";
import type { Viewer } from "../viewer/viewer.ts";
import classes from "./stage.module.css";
import { useMedia } from "./use-media.ts";
import { FAILURE_WORDS, KIND_WORDS } from "./words.ts";

export interface PaneProps {
  readonly side: SideName;
  readonly title: string;
  readonly lease: LeaseRef;
  readonly media: MediaStore;
  readonly evidence: readonly EvidenceView[];
  readonly view: SideView;
  readonly viewer: Viewer;
  /** The lease is gone: nothing is shown and nothing fetched. */
  readonly closed: boolean;
  readonly onNewCapture: () => void;
}

/** One side of the stage: its name, and words where there is nothing to see. */
export function Pane(props: PaneProps) {
  const item = props.evidence[props.view.index] ?? props.evidence[0];
  return (
    <section className={classes.pane} aria-label={props.title} data-side={props.side}>
      <h2 className={classes.title}>
        {props.title}
        {item === undefined ? null : <TurnedNote viewer={props.viewer} side={props.side} />}
      </h2>
      {item === undefined ? (
        <Explained
          title="Nothing was sent for this side"
          text="There is neither photo nor clip. Choose “can’t tell”, or decide by what opens after the seal."
          onNewCapture={props.onNewCapture}
        />
      ) : (
        <Shown key={item.evidenceId} {...props} item={item} />
      )}
    </section>
  );
}

function Shown(props: PaneProps & { readonly item: EvidenceView }) {
  const { item, lease, media, view, closed } = props;
  const rendition = shownRendition(item, view.extent);
  const found = useMedia(media, lease.caseId, item.evidenceId, rendition);
  const missing = (found === undefined || found.state === "resting") && !closed;
  useEffect(() => {
    // Fetched only once it is asked for: each view stands in the log.
    if (missing) media.load(lease, item.evidenceId, rendition);
  }, [missing, media, lease, item.evidenceId, rendition]);

  if (closed) return <Explained {...FAILURE_WORDS.lease_lost} kind={KIND_WORDS[item.kind]} />;
  if (found === undefined || found.state === "loading" || found.state === "resting") {
    return <div className={classes.loading}>Opening …</div>;
  }
  if (found.state === "failed") {
    return (
      <Explained
        {...FAILURE_WORDS[found.why]}
        kind={KIND_WORDS[item.kind]}
        {...(found.why === "broken" || found.why === "gone"
          ? { onNewCapture: props.onNewCapture }
          : {})}
      />
    );
  }
  const { opened } = found;
  const whole = view.extent === "face" ? "" : view.extent === "screen" ? ", whole" : ", in detail";
  return (
    <>
      <div
        // oxlint-disable-next-line jsx-a11y/prefer-tag-over-role -- its pixels are in the drawing
        role="img"
        className={classes.picture}
        aria-label={`${KIND_WORDS[item.kind]}, ${props.title}${whole}`}
        data-picture={`${item.evidenceId}/${rendition}`}
      />
      {item.kind === "face_clip" ? (
        <ClipOnStage
          viewer={props.viewer}
          side={props.side}
          item={item}
          bytes={opened.bytes}
          onBroken={() => media.markBroken(lease.caseId, item.evidenceId, rendition)}
        />
      ) : (
        <PhotoOnStage {...props} rendition={rendition} opened={opened} />
      )}
    </>
  );
}

/** Puts a photo on its side of the drawing, before the next frame is painted. */
function PhotoOnStage(props: {
  readonly viewer: Viewer;
  readonly side: SideName;
  readonly item: EvidenceView;
  readonly rendition: RenditionName;
  readonly opened: Opened;
  readonly media: MediaStore;
  readonly lease: LeaseRef;
}) {
  const { viewer, side, item, rendition, opened, media, lease } = props;
  const { caseId } = lease;
  useLayoutEffect(() => {
    const [largest] = opened.sizes;
    if (largest === undefined) return;
    const { evidenceId, faceIn } = item;
    viewer.show(side, {
      key: `${evidenceId}/${rendition}`,
      shown: { evidenceId, rendition, frameSeconds: null },
      width: largest.width,
      height: largest.height,
      levels: opened.sizes.map((image) => ({ image, width: image.width, height: image.height })),
      version: 0,
      face: (rendition === "face" ? faceIn?.face : faceIn?.whole) ?? null,
    });
    return () => {
      viewer.show(side, null);
      // Twelve megapixels take 64 MB decoded; with twenty candidates they can't all stay.
      if (rendition === "detail") media.rest(caseId, item.evidenceId, rendition);
    };
  }, [viewer, side, item, rendition, opened, media, caseId]);
  return null;
}

function Explained(props: {
  readonly title: string;
  readonly text: string;
  readonly kind?: string;
  /** Where a new capture would help. */
  readonly onNewCapture?: () => void;
}) {
  return (
    <div className={classes.explained} data-control>
      <div>
        {props.kind === undefined ? null : <span className={classes.kind}>{props.kind}</span>}
        <strong>{props.title}</strong>
        <p>{props.text}</p>
        {props.onNewCapture === undefined ? null : (
          <button
            type="button"
            className={classes.ask}
            onMouseDown={keepFocus}
            onClick={props.onNewCapture}
          >
            Ask for a new capture <KeyCap of="new_capture" />
          </button>
        )}
      </div>
    </div>
  );
}

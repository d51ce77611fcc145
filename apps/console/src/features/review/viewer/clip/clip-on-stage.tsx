import { useLayoutEffect } from "react";
import type { EvidenceView } from "../../../../lib/contract.ts";
import type { ClipPlayer } from "../../../../lib/media/clip/clip-player.ts";
import { openClip } from "../../../../lib/media/clip/open-clip.ts";
import { useStore } from "../../../../lib/store.ts";
import type { SideName } from "../viewer-state.ts";
import type { Viewer } from "../viewer.ts";
import classes from "../viewer.module.css";
import { clipPicture } from "./clip-picture.ts";
import { usePlaying } from "./use-playing.ts";

/** Plays a clip on its side of the stage, from memory. It draws nothing itself but its counter. */
export function ClipOnStage(props: {
  readonly viewer: Viewer;
  readonly side: SideName;
  readonly item: EvidenceView;
  readonly bytes: Blob;
  readonly onBroken: () => void;
}) {
  const { viewer, side, item, bytes, onBroken } = props;
  const { evidenceId, frames, durationMs } = item;
  // Before the photo that takes its place puts itself there, which it would take away again.
  useLayoutEffect(() => {
    let ended = false;
    let stop: (() => void) | undefined;
    openClip(bytes, { frames, durationMs }).then(
      (clip) => {
        if (ended) {
          clip.close();
          return;
        }
        let version = 0;
        const show = (): void => {
          version += 1;
          viewer.frameOf.set(evidenceId, clip.state.get().frame);
          viewer.show(side, clipPicture(clip, evidenceId, version));
        };
        const from = viewer.frameOf.get(evidenceId) ?? 0;
        viewer.setClip(side, clip);
        show();
        const unsubscribe = clip.onFrame(show);
        if (from > 0) void clip.seek(from);
        stop = () => {
          unsubscribe();
          viewer.setClip(side, null);
          viewer.show(side, null);
          clip.close();
        };
      },
      () => {
        if (!ended) onBroken();
      },
    );
    return () => {
      ended = true;
      stop?.();
    };
    // `onBroken` is made anew with each render and always does the same.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [viewer, side, evidenceId, frames, durationMs, bytes]);
  const clip = useStore(viewer.clips)[side];
  return clip === null ? null : <Counter viewer={viewer} clip={clip} />;
}

function Counter({ viewer, clip }: { readonly viewer: Viewer; readonly clip: ClipPlayer }) {
  const { frame, brokenFrom } = useStore(clip.state);
  const playing = usePlaying(viewer, clip);
  return (
    <div className={classes.counter}>
      {clip.exact ? null : <span>browser’s player, steps are approximate · </span>}
      {brokenFrom === null ? null : <span>frame {brokenFrom + 1} can’t be decoded · </span>}
      <span>
        {clip.times.length === 1
          ? "a single frame: this clip shows no movement"
          : `${playing ? "playing" : "paused"} · frame ${frame + 1} of ${clip.times.length}`}
      </span>
    </div>
  );
}

import { useEffect, useRef, useState } from "react";
import type { EvidenceView } from "../../../lib/contract.ts";
import { frameAt, frameCount, timeOf } from "./frames.ts";
import type { StageControl } from "./stage-control.ts";
import classes from "./stage.module.css";

/** A clip that plays from memory and steps by frames. It has no sound. */
export function Clip(props: {
  readonly evidence: EvidenceView;
  readonly url: string;
  readonly label: string;
  readonly control: StageControl;
  readonly onBroken: () => void;
  /** What it is doing, in words. */
  readonly onStatus: (words: string) => void;
}) {
  const { evidence, control, onStatus } = props;
  const video = useRef<HTMLVideoElement>(null);
  const [frame, setFrame] = useState(0);
  const [playing, setPlaying] = useState(false);
  const count = frameCount(evidence);

  useEffect(() => {
    const element = video.current;
    if (element === null) return;
    let request = element.requestVideoFrameCallback(function shown(_now, { mediaTime }) {
      setFrame(frameAt(evidence, mediaTime));
      request = element.requestVideoFrameCallback(shown);
    });
    return () => element.cancelVideoFrameCallback(request);
  }, [evidence]);

  useEffect(
    () =>
      control.onCommand((what) => {
        const element = video.current;
        if (element === null) return;
        if (what === "toggle" && element.paused) void element.play();
        else {
          element.pause();
          if (what === "toggle") return;
          const by = what === "forward" ? 1 : -1;
          element.currentTime = timeOf(evidence, frameAt(evidence, element.currentTime) + by);
        }
      }),
    [control, evidence],
  );

  useEffect(() => {
    onStatus(`${playing ? "playing" : "paused"} · frame ${frame + 1} of ${count}`);
  }, [onStatus, playing, frame, count]);

  return (
    <video
      ref={video}
      className={classes.media}
      src={props.url}
      aria-label={props.label}
      muted
      playsInline
      loop
      preload="auto"
      disablePictureInPicture
      onPlay={() => setPlaying(true)}
      onPause={() => setPlaying(false)}
      onError={props.onBroken}
    />
  );
}

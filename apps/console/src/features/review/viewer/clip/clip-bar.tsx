import { useEffect } from "react";
import type { ClipPlayer } from "../../../../lib/media/clip/clip-player.ts";
import { useStore } from "../../../../lib/store.ts";
import { keepFocus } from "../../keep-focus.ts";
import { useKeyOf } from "../../my-keys.ts";
import { ToolButton } from "../tool-button.tsx";
import type { SideName } from "../viewer-state.ts";
import type { Viewer } from "../viewer.ts";
import classes from "../viewer.module.css";
import { type ClipCommands, keepInStep } from "./clip-commands.ts";
import { Filmstrip } from "./filmstrip.tsx";
import { usePlaying } from "./use-playing.ts";

const NO_PINS: readonly number[] = [];

/** What a clip can do, below its side of the stage. */
export function ClipBar(props: {
  readonly viewer: Viewer;
  readonly side: SideName;
  readonly evidenceId: string;
  readonly does: ClipCommands;
  /** Whose name stands over the evidence. */
  readonly who: string;
}) {
  const { viewer, side, does } = props;
  const clips = useStore(viewer.clips);
  const marks = useStore(viewer.marks);
  const clip = clips[side];
  const pins = marks.pins[props.evidenceId] ?? NO_PINS;
  const two = clips.probe !== null && clips.candidate !== null;
  return (
    <div className={classes.clip}>
      {clip === null ? null : (
        <>
          <Buttons viewer={viewer} clip={clip} side={side} does={does}>
            {two ? (
              <ToolButton
                icon="step"
                words="Both clips in step"
                of="clip_step"
                pressed={marks.inStep}
                onPress={() => does.inStep()}
              />
            ) : null}
          </Buttons>
          <Filmstrip
            side={side}
            clip={clip}
            pins={pins}
            who={props.who}
            onSeek={(frame) => does.goTo(side, frame)}
          />
        </>
      )}
    </div>
  );
}

function Buttons(props: {
  readonly viewer: Viewer;
  readonly clip: ClipPlayer;
  readonly side: SideName;
  readonly does: ClipCommands;
  readonly children: React.ReactNode;
}) {
  const { side, does } = props;
  const faster = useKeyOf("clip_speed");
  const { speed, loop } = useStore(props.clip.state);
  const playing = usePlaying(props.viewer, props.clip);
  const { sharpest } = useStore(props.clip.survey);
  return (
    <fieldset className={classes.clipTools} aria-label={`Clip of the ${side}`}>
      <ToolButton
        icon="back"
        words="A frame back"
        of="clip_back"
        onPress={() => does.step(-1, side)}
      />
      <ToolButton
        icon={playing ? "pause" : "play"}
        words={playing ? "Pause the clip" : "Play the clip"}
        of="clip_play"
        onPress={() => does.toggle(side)}
      />
      <ToolButton
        icon="forward"
        words="A frame on"
        of="clip_forward"
        onPress={() => does.step(1, side)}
      />
      <button
        type="button"
        className={classes.target}
        data-tip={`Speed · ${faster}`}
        aria-label={`Speed: ${speed} times`}
        onMouseDown={keepFocus}
        onClick={() => does.speed(side)}
      >
        {speed}×
      </button>
      <ToolButton
        icon="loop"
        words="Repeat"
        of="clip_loop"
        pressed={loop}
        onPress={() => does.loop(side)}
      />
      <ToolButton
        icon="sharp"
        words="Next sharp frame"
        of="clip_sharp"
        off={sharpest.length === 0 ? "looking for them" : null}
        onPress={() => does.sharp(side)}
      />
      <ToolButton icon="pin" words="Pin this frame" of="clip_pin" onPress={() => does.pin(side)} />
      {props.children}
    </fieldset>
  );
}

/** Holds both clips together while they are in step. */
export function useInStep(viewer: Viewer): void {
  const { probe, candidate } = useStore(viewer.clips);
  const { inStep } = useStore(viewer.marks);
  useEffect(() => {
    if (!inStep || probe === null || candidate === null) return;
    return keepInStep(probe, candidate);
  }, [inStep, probe, candidate]);
}

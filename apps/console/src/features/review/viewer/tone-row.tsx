import { useEffect, useRef } from "react";
import { keepFocus } from "../keep-focus.ts";
import { KeyCap } from "../key-cap.tsx";
import { NEUTRAL, TONE_NAMES, TONE_RANGES, type ToneName } from "./tone.ts";
import { setTone, shownTone } from "./tones.ts";
import type { ViewerState } from "./viewer-state.ts";
import type { Viewer } from "./viewer.ts";
import classes from "./viewer.module.css";

/** Sliders for the tone of the sides that are meant. It changes what is seen, never a file. */
export function ToneRow(props: {
  readonly state: ViewerState;
  readonly viewer: Viewer;
  readonly onReset: () => void;
}) {
  const { viewer } = props;
  const tone = shownTone(props.state);
  const first = useRef<HTMLInputElement>(null);
  // Opened by its key, it is worked by keys.
  useEffect(() => first.current?.focus({ preventScroll: true }), []);
  return (
    <div className={classes.tones}>
      {TONE_NAMES.map((name, index) => {
        const { words, least, most, step } = TONE_RANGES[name];
        return (
          <label key={name} className={classes.slider} data-changed={tone[name] !== NEUTRAL[name]}>
            <span>{words}</span>
            <input
              ref={index === 0 ? first : undefined}
              type="range"
              min={least}
              max={most}
              step={step}
              value={tone[name]}
              aria-valuetext={valueWords(name, tone[name])}
              onChange={(event) => {
                const value = Number(event.currentTarget.value);
                viewer.edit((state) => setTone(state, { [name]: value }));
              }}
            />
          </label>
        );
      })}
      <button
        type="button"
        className={classes.text}
        onMouseDown={keepFocus}
        onClick={props.onReset}
      >
        Reset <KeyCap of="tone_reset" />
      </button>
    </div>
  );
}

function valueWords(name: ToneName, value: number): string {
  if (name === "gamma") return value.toFixed(2);
  return `${Math.round(value * 100)} %`;
}

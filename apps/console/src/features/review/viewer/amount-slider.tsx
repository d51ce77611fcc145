import { KeyCap } from "../key-cap.tsx";
import { AMOUNTS, setAmount } from "./compare-modes.ts";
import type { Mode } from "./viewer-state.ts";
import { useFact } from "./use-viewer.ts";
import type { Viewer } from "./viewer.ts";
import classes from "./viewer.module.css";

/** How much of a mode: where it wipes, how far it lays over, how often it flickers. */
export function AmountSlider(props: {
  readonly viewer: Viewer;
  readonly mode: keyof typeof AMOUNTS;
}) {
  const { viewer } = props;
  const { name, words, least, most, step } = AMOUNTS[props.mode];
  const value = useFact(viewer.state, (state) => state[name]);
  return (
    <label className={classes.amount} data-control>
      <span>{words}</span>
      <input
        type="range"
        min={least}
        max={most}
        step={step}
        value={value}
        aria-valuetext={wordsOf(props.mode, value)}
        onChange={(event) => {
          const next = Number(event.currentTarget.value);
          viewer.edit((now) => setAmount(now, next));
        }}
      />
      <span>
        {wordsOf(props.mode, value)} <KeyCap of="amount_less" /> <KeyCap of="amount_more" />
      </span>
    </label>
  );
}

function wordsOf(mode: Mode, value: number): string {
  return mode === "flicker" ? `${value}` : `${Math.round(value * 100)} %`;
}

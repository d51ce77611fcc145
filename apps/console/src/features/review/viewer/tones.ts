import { NEUTRAL, type Tone } from "./tone.ts";
import { type SideName, sidesOf, type ViewerState } from "./viewer-state.ts";

/** Changes the tone of the sides that are meant. */
export function setTone(state: ViewerState, change: Partial<Tone>): ViewerState {
  return withTones(state, (tone) => ({ ...tone, ...change }));
}

export function resetTone(state: ViewerState): ViewerState {
  return withTones(state, () => NEUTRAL);
}

/** The tone that the sliders show: with both meant, the probe's. */
export function shownTone(state: ViewerState): Tone {
  return state.tone[state.target === "candidate" ? "candidate" : "probe"];
}

function withTones(state: ViewerState, change: (tone: Tone) => Tone): ViewerState {
  const tone: Record<SideName, Tone> = { ...state.tone };
  for (const side of sidesOf(state.target)) tone[side] = change(tone[side]);
  return { ...state, tone };
}

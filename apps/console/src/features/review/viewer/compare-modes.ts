import { type Mode, MODES, type ViewerState } from "./viewer-state.ts";

export const MODE_WORDS: Readonly<Record<Mode, string>> = {
  side: "Side by side",
  wipe: "Wipe, left and right",
  wipe_across: "Wipe, above and below",
  overlay: "Overlay",
  flicker: "Flicker",
  difference: "Difference",
};

/**
 * What each mode has more or less of. Flicker stays below three flashes, that is six changes, a
 * second (WCAG 2.3.1).
 */
export const AMOUNTS = {
  wipe: { name: "split", words: "Wipe", least: 0, most: 1, step: 0.02 },
  wipe_across: { name: "split", words: "Wipe", least: 0, most: 1, step: 0.02 },
  overlay: { name: "opacity", words: "Candidate over probe", least: 0, most: 1, step: 0.05 },
  flicker: { name: "rate", words: "Changes a second", least: 0.5, most: 5, step: 0.5 },
} as const;

/** A mode's amount; null where it has none. */
export function amountOf(mode: Mode) {
  return mode === "side" || mode === "difference" ? null : AMOUNTS[mode];
}

export function setMode(state: ViewerState, mode: Mode): ViewerState {
  return { ...state, mode, picking: null };
}

/** The next mode, round and round; flicker is left out where motion is to be reduced. */
export function nextMode(state: ViewerState, by: 1 | -1, reducedMotion: boolean): ViewerState {
  const modes = MODES.filter((mode) => !(reducedMotion && mode === "flicker"));
  const at = modes.indexOf(state.mode) + by + modes.length;
  return setMode(state, modes[at % modes.length] ?? "side");
}

/** Sets the amount of the mode in use. */
export function setAmount(state: ViewerState, value: number): ViewerState {
  const amount = amountOf(state.mode);
  if (amount === null) return state;
  // Steps of decimals leave crumbs behind.
  const rounded = Math.round(value * 1000) / 1000;
  return { ...state, [amount.name]: Math.min(amount.most, Math.max(amount.least, rounded)) };
}

/** More or less of it, by steps. */
export function stepAmount(state: ViewerState, steps: number): ViewerState {
  const amount = amountOf(state.mode);
  if (amount === null) return state;
  return setAmount(state, state[amount.name] + steps * amount.step);
}

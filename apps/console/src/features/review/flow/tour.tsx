import { type ReactNode, useEffect, useRef } from "react";
import { preferences } from "../../../lib/preferences.ts";
import { useStore } from "../../../lib/store.ts";
import { KeyCap } from "../key-cap.tsx";
import { KeyCaps } from "../key-caps.tsx";
import { keepFocus } from "../keep-focus.ts";
import type { ReviewState } from "../model/review-state.ts";
import classes from "./flow.module.css";
import { TOUR_STEPS, type TourStep, tourEnds, tourStep } from "./tour-steps.ts";

const WORDS: Record<TourStep, ReactNode> = {
  look: (
    <>
      The evidence is covered until you look: hold <KeyCap of="look" />, or <KeyCap of="cover" />{" "}
      for the whole case. <KeyCap of="probe_evidence" /> and <KeyCap of="candidate_evidence" /> turn
      to a side’s next picture or clip.
    </>
  ),
  rate: (
    <>
      Is it one person? <KeyCaps of="rate" /> rate the faces alone. <KeyCap of="alike" />{" "}
      <KeyCap of="unlike" /> <KeyCap of="not_visible" /> answer part by part, if that helps.
    </>
  ),
  seal: (
    <>
      <kbd>Enter</kbd> always does the one next step, as its button says. It seals your rating once
      nothing is missing; a sealed one stays, and later thoughts stand beside it.
    </>
  ),
  next: (
    <>
      Sealed. Names and details are open below now. <kbd>Enter</kbd> goes to the next candidate.
    </>
  ),
  reveal: (
    <>
      Compare the names and details below, then <kbd>Enter</kbd> shows what the machine said: once,
      after every seal, so that it can’t lead you.
    </>
  ),
  outcome: (
    <>
      <KeyCaps of="outcome" /> choose an outcome, <KeyCaps of="reason" /> a reason.{" "}
      <KeyCap of="amend" /> amends a rating that you now see otherwise.
    </>
  ),
  decide: (
    <>
      <KeyCap of="canned" /> takes a rationale over, <KeyCap of="write" /> writes. <kbd>Enter</kbd>{" "}
      decides and opens the next case; what harms asks twice.
    </>
  ),
  undo: (
    <>
      <KeyCap of="undo" /> takes a decision back while its seconds run. <KeyCap of="keys" /> lists
      every key, <KeyCap of="palette" /> finds everything else. That is all.
    </>
  ),
};

/** Where there is nobody to compare with. */
const WITHOUT_CANDIDATE: Partial<Record<TourStep, ReactNode>> = {
  reveal: (
    <>
      This case has no candidate, so there is nothing to rate. <kbd>Enter</kbd> always does the one
      next step, as its button says; now it goes on to the outcome.
    </>
  ),
  outcome: (
    <>
      <KeyCaps of="outcome" /> choose an outcome, <KeyCaps of="reason" /> a reason.
    </>
  ),
};

/** The way through one's first case, a line at a time; it goes on by itself and holds nothing up. */
export function Tour({ state }: { readonly state: ReviewState }) {
  const { tourDone } = useStore(preferences.store);
  const step = tourStep(state);
  const last = useRef<TourStep | null>(null);
  useEffect(() => {
    if (tourDone) return;
    if (tourEnds(last.current, step)) void preferences.change({ tourDone: true });
    last.current = step;
  }, [step, tourDone]);
  useEffect(
    () => () => {
      const isOpen = !preferences.store.get().tourDone;
      if (isOpen && tourEnds(last.current, "workbench gone")) {
        void preferences.change({ tourDone: true });
      }
    },
    [],
  );
  if (tourDone || step === null) return null;
  const bare = state.undo === null && state.bench?.work.candidates.length === 0;
  return (
    <aside className={classes.tour} aria-label="Tour">
      <span className={classes.tourCount}>
        {TOUR_STEPS.indexOf(step) + 1} of {TOUR_STEPS.length}
      </span>
      <p>{(bare ? WITHOUT_CANDIDATE[step] : undefined) ?? WORDS[step]}</p>
      <button
        type="button"
        className={classes.quiet}
        onMouseDown={keepFocus}
        onClick={() => void preferences.change({ tourDone: true })}
      >
        Hide the tour <KeyCap of="tour" />
      </button>
    </aside>
  );
}

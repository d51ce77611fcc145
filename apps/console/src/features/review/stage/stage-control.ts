import { createStore, type Store } from "../../../lib/store.ts";
import { RESET, type StageView } from "./stage-view.ts";

type ClipCommand = "toggle" | "forward" | "back";

/** What keys and pointers do to the stage; both sides and the clips on them listen. */
export interface StageControl {
  readonly view: Store<StageView>;
  /** Tells the clips in view. */
  readonly command: (what: ClipCommand) => void;
  readonly onCommand: (listener: (what: ClipCommand) => void) => () => void;
}

/** One stage's control. */
export function createStageControl(): StageControl {
  const listeners = new Set<(what: ClipCommand) => void>();
  return {
    view: createStore(RESET),
    command: (what) => {
      for (const listener of listeners) listener(what);
    },
    onCommand(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

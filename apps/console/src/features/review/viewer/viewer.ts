import { createStore, type Store } from "../../../lib/store.ts";
import type { ClipPlayer } from "../../../lib/media/clip/clip-player.ts";
import { changePicture, type OwnMoves, ownMoves } from "./moves.ts";
import type { StageSize } from "./places.ts";
import {
  type Picture,
  type Pictures,
  type SideName,
  SIDES,
  START,
  type ViewerState,
} from "./viewer-state.ts";

type Clips = Readonly<Record<SideName, ClipPlayer | null>>;

/** Marks of a case on its clips; frames are counted from 0. */
interface ClipMarks {
  /** Frames that were pinned, by evidence. */
  readonly pins: Readonly<Record<string, readonly number[]>>;
  /** Whether both clips go together. */
  readonly inStep: boolean;
}

const NO_MARKS: ClipMarks = { pins: {}, inStep: false };

/** What is on the stage and how it is looked at; keys, pointers and the toolbar all work on it. */
export interface Viewer {
  readonly state: Store<ViewerState>;
  readonly pictures: Store<Pictures>;
  readonly stage: Store<StageSize>;
  readonly clips: Store<Clips>;
  readonly marks: Store<ClipMarks>;
  /** Which side flickers into view; only while flickering. */
  readonly front: Store<SideName>;
  readonly edit: (change: (state: ViewerState) => ViewerState) => void;
  /** Puts a picture on a side, or takes it away. */
  readonly show: (side: SideName, picture: Picture | null) => void;
  readonly setClip: (side: SideName, clip: ClipPlayer | null) => void;
  /** The frame that a clip was left at, or was asked to open at. */
  readonly frameOf: Map<string, number>;
  /** Another case: nothing of how the last one was looked at is left. */
  readonly reset: () => void;
}

/** An empty stage. */
export function createViewer(): Viewer {
  const state = createStore(START);
  const pictures = createStore<Pictures>({ probe: null, candidate: null });
  const clips = createStore<Clips>({ probe: null, candidate: null });
  const marks = createStore(NO_MARKS);
  const frameOf = new Map<string, number>();
  /** What each side showed last, so that moves made for one picture don't meet another. */
  const itemOf: Record<SideName, string | null> = { probe: null, candidate: null };
  /** What was done to each picture alone, for when it comes back. */
  const movesOf = new Map<string, OwnMoves>();
  return {
    state,
    pictures,
    clips,
    marks,
    frameOf,
    stage: createStore({ width: 0, height: 0 }),
    front: createStore<SideName>("probe"),
    edit: (change) => state.set(change(state.get())),
    show(side, picture) {
      if (picture !== null) {
        const item = `${picture.shown.evidenceId}/${picture.shown.rendition}`;
        const before = itemOf[side];
        if (before !== null && before !== item) {
          movesOf.set(before, ownMoves(state.get(), side));
          state.set(changePicture(state.get(), side, movesOf.get(item)));
        }
        itemOf[side] = item;
      }
      pictures.set({ ...pictures.get(), [side]: picture });
    },
    setClip(side, clip) {
      clips.set({ ...clips.get(), [side]: clip });
      if (clip === null) marks.set({ ...marks.get(), inStep: false });
    },
    reset() {
      state.set(START);
      marks.set(NO_MARKS);
      frameOf.clear();
      movesOf.clear();
      for (const side of SIDES) itemOf[side] = null;
    },
  };
}

import type { RenditionName } from "../../../lib/contract.ts";
import type { Box, PointPair } from "./align.ts";
import { IDENTITY, type Point, type Similarity } from "./similarity.ts";
import { NEUTRAL, type Tone } from "./tone.ts";

export const SIDES = ["probe", "candidate"] as const;
export type SideName = (typeof SIDES)[number];

/** What moves, turns and tones change: both sides alike, or one of them. */
export type Target = "both" | SideName;

export const MODES = ["side", "wipe", "wipe_across", "overlay", "flicker", "difference"] as const;
export type Mode = (typeof MODES)[number];

type Alignment = "off" | "faces" | "points";

/** One size of a picture, decoded. */
export interface Level {
  readonly image: ImageBitmap | HTMLCanvasElement | HTMLVideoElement;
  readonly width: number;
  readonly height: number;
}

/** Which view of which piece of evidence is shown. */
interface Shown {
  readonly evidenceId: string;
  readonly rendition: RenditionName;
  /** Of a clip, when its frame is presented, in seconds; null for a photo. */
  readonly frameSeconds: number | null;
}

/** What one side shows. */
export interface Picture {
  /** Whose points these are: another photo, rendition or frame has another key. */
  readonly key: string;
  readonly shown: Shown;
  readonly width: number;
  readonly height: number;
  /** The same picture in halving sizes, the largest first. */
  readonly levels: readonly Level[];
  /** Grows when the pixels of the same image change. */
  readonly version: number;
  /** Where the face is, as ratios; null where nobody said. */
  readonly face: Box | null;
}

export type Pictures = Readonly<Record<SideName, Picture | null>>;

/** Two points are being put on each side. */
export interface Picking {
  readonly side: SideName;
  /** Where the keyboard's crosshair is, in pane units. */
  readonly cursor: Point;
  /** How far its next step goes, in pane units. */
  readonly step: number;
  /** Which way it went last along each axis: −1, 1, or 0 before the first step. */
  readonly heading: Point;
  /** Points put so far, as ratios of their pictures. */
  readonly put: Readonly<Record<SideName, readonly Point[]>>;
}

/**
 * How the pair is looked at. Lengths are in pane units: the shorter side of a pane is 1, its middle
 * is the origin, so that nothing jumps when the window changes.
 */
export interface ViewerState {
  readonly mode: Mode;
  /** Where a wipe divides, 0 to 1. */
  readonly split: number;
  /** How much of the candidate an overlay shows, 0 to 1. */
  readonly opacity: number;
  /** Changes of side in a second, while flickering. */
  readonly rate: number;
  readonly target: Target;
  /** The move that both sides share. */
  readonly view: Similarity;
  /** What one side was moved by alone; comes before the shared move. */
  readonly own: Readonly<Record<SideName, Similarity>>;
  readonly mirror: Readonly<Record<SideName, boolean>>;
  readonly align: Alignment;
  /** Points by picture, as ratios of its width and height. */
  readonly points: Readonly<Record<string, PointPair>>;
  readonly picking: Picking | null;
  readonly tone: Readonly<Record<SideName, Tone>>;
  readonly toneOpen: boolean;
}

export const START: ViewerState = {
  mode: "side",
  split: 0.5,
  opacity: 0.5,
  rate: 2,
  target: "both",
  view: IDENTITY,
  own: { probe: IDENTITY, candidate: IDENTITY },
  mirror: { probe: false, candidate: false },
  align: "off",
  points: {},
  picking: null,
  tone: { probe: NEUTRAL, candidate: NEUTRAL },
  toneOpen: false,
};

/** Whether points are being put on the faces now. */
export function isPicking({ picking }: Pick<ViewerState, "picking">): boolean {
  return picking !== null;
}

/** The sides that a target means. */
export function sidesOf(target: Target): readonly SideName[] {
  return target === "both" ? SIDES : [target];
}

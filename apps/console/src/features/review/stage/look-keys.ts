import type { Binding } from "../../../lib/keyboard/bindings.ts";

export type LookCommand =
  | "show_birth_date"
  | "show_document"
  | "look"
  | "cover"
  | "never_cover"
  | "probe_evidence"
  | "candidate_evidence"
  | "probe_whole"
  | "candidate_whole"
  | "probe_detail"
  | "candidate_detail"
  | "zoom_in"
  | "zoom_out"
  | "pan_left"
  | "pan_right"
  | "pan_up"
  | "pan_down"
  | "reset"
  | "details_up"
  | "details_down";

/** The keys of what lies on the stage. */
export const LOOK_KEYS: readonly Binding<LookCommand>[] = [
  { id: "look", keys: ["Space"], words: "Hold to look", group: "Looking", hold: true },
  { id: "cover", keys: ["b"], words: "Cover or uncover this case", group: "Looking" },
  { id: "never_cover", keys: ["Shift+b"], words: "Uncover every case", group: "Looking" },
  { id: "probe_evidence", keys: ["a"], words: "Probe: next evidence", group: "Looking" },
  { id: "probe_whole", keys: ["q"], words: "Probe: whole picture (recorded)", group: "Looking" },
  { id: "candidate_evidence", keys: ["d"], words: "Candidate: next evidence", group: "Looking" },
  {
    id: "candidate_whole",
    keys: ["e"],
    words: "Candidate: whole picture (recorded)",
    group: "Looking",
  },
  {
    id: "show_birth_date",
    keys: ["Shift+y"],
    words: "Show or mask the birth dates (recorded)",
    group: "Looking",
  },
  {
    id: "show_document",
    keys: ["Shift+a"],
    words: "Show or mask the document numbers (recorded)",
    group: "Looking",
  },
  {
    id: "probe_detail",
    keys: ["Shift+q"],
    words: "Probe: all its pixels (recorded)",
    group: "Looking",
  },
  {
    id: "candidate_detail",
    keys: ["Shift+e"],
    words: "Candidate: all its pixels (recorded)",
    group: "Looking",
  },
  {
    id: "zoom_in",
    keys: ["+", "="],
    words: "Larger",
    also: "zoom in",
    group: "Looking",
    repeats: true,
  },
  {
    id: "zoom_out",
    keys: ["-"],
    words: "Smaller",
    also: "zoom out",
    group: "Looking",
    repeats: true,
  },
  {
    id: "pan_left",
    keys: ["ArrowLeft"],
    words: "Move",
    also: "pan",
    one: "left",
    group: "Looking",
    repeats: true,
  },
  {
    id: "pan_right",
    keys: ["ArrowRight"],
    words: "Move",
    also: "pan",
    one: "right",
    group: "Looking",
    repeats: true,
  },
  {
    id: "pan_up",
    keys: ["ArrowUp"],
    words: "Move",
    also: "pan",
    one: "up",
    group: "Looking",
    repeats: true,
  },
  {
    id: "pan_down",
    keys: ["ArrowDown"],
    words: "Move",
    also: "pan",
    one: "down",
    group: "Looking",
    repeats: true,
  },
  { id: "reset", keys: ["0"], words: "Place and size as they were", group: "Looking" },
];

/** The keys of the table below the stage; they belong to it, and only while it overflows. */
export const DETAIL_KEYS: readonly Binding<LookCommand>[] = [
  {
    id: "details_up",
    keys: ["PageUp"],
    words: "Scroll the details",
    one: "up",
    group: "Looking",
    repeats: true,
  },
  {
    id: "details_down",
    keys: ["PageDown"],
    words: "Scroll the details",
    one: "down",
    group: "Looking",
    repeats: true,
  },
];

import type { MaskedField } from "@secondlook/domain/attributes/masked-fields";
import { OUTCOME_WORDS, OUTCOMES } from "@secondlook/domain/decisions/outcome";
import { RATING_WORDS, RATINGS } from "@secondlook/domain/judging/rating";
import type { Binding } from "../../lib/keyboard/bindings.ts";
import { SHELL_KEYS, type ShellCommand } from "../../lib/keyboard/shell-keys.ts";
import { CLIP_KEYS, type ClipCommand } from "./viewer/clip-keys.ts";
import { COMPARE_KEYS, type CompareCommand } from "./viewer/compare-keys.ts";

export type ReviewCommand =
  | ShellCommand
  | "mistake"
  | "tour"
  | "canned"
  | "show_birth_date"
  | "show_document"
  | "enter"
  | "enter_and_stop"
  | "keys"
  | "undo"
  | "release"
  | "pause"
  | "retake"
  | `rate_${1 | 2 | 3 | 4 | 5 | 6 | 7}`
  | "alike"
  | "unlike"
  | "not_visible"
  | "line_down"
  | "line_up"
  | "amend"
  | "leave"
  | "next_candidate"
  | "previous_candidate"
  | `outcome_${1 | 2 | 3 | 4 | 5}`
  | `reason_${1 | 2 | 3 | 4}`
  | "finding"
  | "new_capture"
  | "ask_lead"
  | "write"
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
  | CompareCommand
  | ClipCommand
  | "details_up"
  | "details_down";

type ReviewBinding = Binding<ReviewCommand>;

/** What the keys of a side do, for the labels beside its evidence. */
export const KEY_OF_SIDE = {
  probe: { evidence: "probe_evidence", screen: "probe_whole", detail: "probe_detail" },
  candidate: {
    evidence: "candidate_evidence",
    screen: "candidate_whole",
    detail: "candidate_detail",
  },
} as const satisfies Record<string, Record<string, ReviewCommand>>;

/** What shows a masked field. */
export const KEY_OF_MASKED = {
  dateOfBirth: "show_birth_date",
  documentNumber: "show_document",
} as const satisfies Record<MaskedField, ReviewCommand>;

const FLOW: readonly ReviewBinding[] = [
  { id: "enter", keys: ["Enter"], words: "The next step", group: "Going on", fixed: true },
  {
    id: "enter_and_stop",
    keys: ["Shift+Enter"],
    words: "Decide and stop for now",
    group: "Going on",
    fixed: true,
  },
  { id: "next_candidate", keys: ["n"], words: "Next candidate", group: "Going on" },
  { id: "previous_candidate", keys: ["Shift+n"], words: "Candidate before", group: "Going on" },
  { id: "undo", keys: ["u"], words: "Undo the last decision", group: "Going on" },
  { id: "retake", keys: ["r"], words: "Take a lost case again", group: "Going on" },
  { id: "release", keys: ["l"], words: "Let the case go, with a reason", group: "Going on" },
  { id: "pause", keys: ["p"], words: "Pause: let both cases go", group: "Going on" },
  {
    id: "mistake",
    keys: ["Shift+u"],
    words: "Report a mistake in an earlier decision",
    group: "Going on",
  },
  { id: "keys", keys: ["?"], words: "These keys, and changing them", group: "Going on" },
  { id: "tour", keys: ["Shift+l"], words: "The tour: show or hide", group: "Going on" },
];

const JUDGE: readonly ReviewBinding[] = [
  ...([1, 2, 3, 4, 5, 6, 7] as const).map((digit): ReviewBinding => ({
    id: `rate_${digit}`,
    keys: [String(digit)],
    words: "Rate the pair",
    one: ratingWords(digit),
    group: "Judging",
    when: "judge",
  })),
  { id: "alike", keys: ["z"], words: "Part is alike", group: "Judging", when: "judge" },
  { id: "unlike", keys: ["x"], words: "Part is unlike", group: "Judging", when: "judge" },
  { id: "not_visible", keys: ["c"], words: "Part is not visible", group: "Judging", when: "judge" },
  { id: "line_down", keys: ["j"], words: "Next part", group: "Judging", when: "judge" },
  { id: "line_up", keys: ["k"], words: "Part before", group: "Judging", when: "judge" },
];

const DECIDE: readonly ReviewBinding[] = [
  ...([1, 2, 3, 4, 5] as const).map((digit): ReviewBinding => ({
    id: `outcome_${digit}`,
    keys: [String(digit)],
    words: "Choose the outcome",
    one: outcomeWords(digit),
    group: "Deciding",
    when: "decide",
  })),
  ...([1, 2, 3, 4] as const).map((digit): ReviewBinding => ({
    id: `reason_${digit}`,
    keys: [String(digit + 5)],
    words: "Choose a reason",
    one: `the ${["first", "second", "third", "fourth"][digit - 1]}`,
    group: "Deciding",
    when: "decide",
  })),
  {
    id: "finding",
    keys: ["f"],
    words: "Change the finding of this candidate",
    group: "Deciding",
    when: "decide",
  },
  {
    id: "new_capture",
    keys: ["w"],
    words: "Inconclusive: wait for a new capture",
    group: "Deciding",
    when: "decide",
  },
  {
    id: "ask_lead",
    keys: ["o"],
    words: "Inconclusive: over to a lead",
    group: "Deciding",
    when: "decide",
  },
  { id: "write", keys: ["t"], words: "Write the rationale", group: "Deciding", when: "decide" },
  {
    id: "canned",
    keys: ["c"],
    words: "Take over a rationale, then another",
    group: "Deciding",
    when: "decide",
  },
  {
    id: "amend",
    keys: ["s"],
    words: "Second thoughts: amend the rating",
    group: "Deciding",
  },
  {
    id: "leave",
    keys: ["Escape"],
    words: "Leave an amendment, the points or an offered break",
    group: "Deciding",
    fixed: true,
  },
];

const LOOK: readonly ReviewBinding[] = [
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
  { id: "zoom_in", keys: ["+", "="], words: "Larger", group: "Looking", repeats: true },
  { id: "zoom_out", keys: ["-"], words: "Smaller", group: "Looking", repeats: true },
  {
    id: "pan_left",
    keys: ["ArrowLeft"],
    words: "Move",
    one: "left",
    group: "Looking",
    repeats: true,
  },
  {
    id: "pan_right",
    keys: ["ArrowRight"],
    words: "Move",
    one: "right",
    group: "Looking",
    repeats: true,
  },
  {
    id: "pan_up",
    keys: ["ArrowUp"],
    words: "Move",
    one: "up",
    group: "Looking",
    repeats: true,
  },
  {
    id: "pan_down",
    keys: ["ArrowDown"],
    words: "Move",
    one: "down",
    group: "Looking",
    repeats: true,
  },
  { id: "reset", keys: ["0"], words: "Place and size as they were", group: "Looking" },
];

/** The keys of the table below the stage; they belong to it, and only while it overflows. */
const DETAIL_KEYS: readonly ReviewBinding[] = [
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

/** Every key of the workbench. None uses Ctrl, Cmd or Alt. */
export const REVIEW_KEYS: readonly ReviewBinding[] = [
  ...FLOW,
  ...SHELL_KEYS,
  ...JUDGE,
  ...DECIDE,
  ...LOOK,
  ...COMPARE_KEYS,
  ...CLIP_KEYS,
  ...DETAIL_KEYS,
];

function ratingWords(digit: number): string {
  const rating = RATINGS[digit - 1];
  return rating === undefined ? "" : RATING_WORDS[rating];
}

function outcomeWords(digit: number): string {
  const outcome = OUTCOMES[digit - 1];
  return outcome === undefined ? "" : OUTCOME_WORDS[outcome];
}

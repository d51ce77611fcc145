import type { MaskedField } from "@secondlook/domain/attributes/masked-fields";
import { OUTCOME_WORDS, OUTCOMES } from "@secondlook/domain/decisions/outcome";
import { RATING_WORDS, RATINGS } from "@secondlook/domain/judging/rating";
import type { Binding } from "../../lib/keyboard/bindings.ts";
import { SHELL_KEYS, type ShellCommand } from "../../lib/keyboard/shell-keys.ts";
import { DETAIL_KEYS, LOOK_KEYS, type LookCommand } from "./stage/look-keys.ts";
import { CLIP_KEYS, type ClipCommand } from "./viewer/clip-keys.ts";
import { COMPARE_KEYS, type CompareCommand } from "./viewer/compare-keys.ts";

export type ReviewCommand =
  | ShellCommand
  | "mistake"
  | "tour"
  | "canned"
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
  | LookCommand
  | CompareCommand
  | ClipCommand;

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
  {
    id: "release",
    keys: ["l"],
    words: "Release the case, with a reason",
    also: "skip snooze give back let go",
    group: "Going on",
  },
  {
    id: "pause",
    keys: ["p"],
    words: "Pause: release both cases",
    also: "break stop",
    group: "Going on",
  },
  {
    id: "mistake",
    keys: ["Shift+u"],
    words: "Report a mistake in an earlier decision",
    group: "Going on",
  },
  {
    id: "keys",
    keys: ["?"],
    words: "These keys, and changing them",
    also: "help shortcuts",
    group: "Going on",
  },
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
    words: "Ask for a new capture: can’t tell, inconclusive",
    also: "broken clip photo retake",
    group: "Deciding",
  },
  {
    id: "ask_lead",
    keys: ["o"],
    words: "Inconclusive: over to a lead",
    also: "ask question",
    group: "Deciding",
    when: "decide",
  },
  { id: "write", keys: ["t"], words: "Write the rationale", group: "Deciding", when: "decide" },
  {
    id: "canned",
    keys: ["c"],
    words: "Fill in a ready-made sentence, then another",
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
    words: "Leave what is under way, or a text field",
    group: "Deciding",
    fixed: true,
  },
];

/** Every key of the workbench. None uses Ctrl, Cmd or Alt. */
export const REVIEW_KEYS: readonly ReviewBinding[] = [
  ...FLOW,
  ...SHELL_KEYS,
  ...JUDGE,
  ...DECIDE,
  ...CLIP_KEYS,
  ...LOOK_KEYS,
  ...DETAIL_KEYS,
  ...COMPARE_KEYS,
];

function ratingWords(digit: number): string {
  const rating = RATINGS[digit - 1];
  return rating === undefined ? "" : RATING_WORDS[rating];
}

function outcomeWords(digit: number): string {
  const outcome = OUTCOMES[digit - 1];
  return outcome === undefined ? "" : OUTCOME_WORDS[outcome];
}

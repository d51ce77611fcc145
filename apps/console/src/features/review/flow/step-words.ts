import { OUTCOME_WORDS } from "@secondlook/domain/decisions/outcome";
import { groupWords } from "../my-keys.ts";
import type { Step } from "../model/next-step.ts";
import type { Busy } from "../model/review-state.ts";

/** What the Enter key does next, on its button. */
export function stepWords(step: Step): string {
  switch (step.kind) {
    case "rate":
      return `Rate with ${groupWords("rate")}`;
    case "say_missing":
      return "Say what is missing";
    case "look":
      return "Look first";
    case "seal":
      return "Seal";
    case "amend":
      return "Record the amendment";
    case "leave_amending":
      return "Leave it unchanged";
    case "next_candidate":
      return "Next candidate";
    case "reveal":
      return "Reveal";
    case "go_on":
      return "Go on to the outcome";
    case "choose_outcome":
      return "Choose an outcome";
    case "fill":
    case "fix":
      return "What is missing?";
    case "confirm":
    case "decide":
      return `Decide “${OUTCOME_WORDS[step.outcome]}”`;
  }
}

/** Whether Enter would write, rather than lead to what is still to do. */
export function isReady(step: Step): boolean {
  switch (step.kind) {
    case "rate":
    case "say_missing":
    case "look":
    case "choose_outcome":
    case "fill":
    case "fix":
      return false;
    default:
      return true;
  }
}

export const BUSY_WORDS: Record<Busy, string> = {
  claiming: "Getting the next case …",
  sealing: "Sealing …",
  amending: "Recording …",
  revealing: "Revealing …",
  deciding: "Deciding …",
  undoing: "Undoing …",
  releasing: "Releasing …",
  retaking: "Taking it again …",
  pausing: "Pausing …",
  settling: "",
};

import { type KindSpec, OUTCOMES } from "./fields.ts";

const outcomes = OUTCOMES;

/** What a reviewer sees, rates and decides. */
export const JUDGING_KINDS = {
  "candidate.open": {
    about: "A candidate was put beside the probe.",
    required: ["case", "subject", "candidate"],
    optional: ["cycle", "round", "fence", "purpose"],
    outcomes,
  },
  "media.read": {
    about: "Evidence was released: one request, written before its first byte.",
    required: ["case", "subject", "asset", "rendition", "purpose"],
    optional: ["candidate", "cycle", "round", "fence", "policy"],
    outcomes,
  },
  "media.denied": {
    about: "Evidence was asked for and not released.",
    required: ["reason"],
    optional: [
      "case",
      "subject",
      "asset",
      "rendition",
      "candidate",
      "cycle",
      "round",
      "fence",
      "count",
    ],
    outcomes: ["denied", "error"],
  },
  "field.reveal": {
    about: "Attributes or shared signals of an account were shown.",
    required: ["case", "subject", "fields"],
    optional: ["candidate", "cycle", "round", "fence", "purpose"],
    outcomes,
  },
  "judgement.seal": {
    about: "A rating was sealed, before anything of the machine's was shown.",
    required: ["case", "cycle", "round", "fence", "candidate", "rating"],
    optional: ["subject", "policy"],
    outcomes,
  },
  "judgement.amend": {
    about: "A rating was amended beside the sealed one.",
    required: ["case", "cycle", "round", "fence", "candidate", "rating"],
    optional: ["subject", "policy", "reason"],
    outcomes,
  },
  "score.reveal": {
    about:
      "Scores and the machine's recommendation were shown: once in a round, after all seals, or on a settled case's page, with the round and fence of the decision that it rests on as `ruling`.",
    required: ["case", "cycle", "round", "fence"],
    optional: ["subject", "candidate", "band", "run", "policy", "count", "purpose", "ruling"],
    outcomes,
  },
  "draft.read": {
    about: "An author's own draft was given back.",
    required: ["case", "cycle", "round"],
    optional: ["subject", "fence"],
    outcomes,
  },
  "draft.save": {
    about: "A draft was kept for its author.",
    required: ["case", "cycle", "round"],
    optional: ["subject", "fence"],
    outcomes,
  },
  "decision.submit": {
    about: "A decision was recorded; it can be undone until its window ends.",
    required: ["case", "cycle", "round", "fence", "policy", "decision"],
    optional: ["subject", "until"],
    outcomes,
  },
  "decision.repeat": {
    about: "A decision that stands was sent again, its answer having been lost; nothing changed.",
    required: ["case", "cycle", "round", "ruling"],
    optional: ["subject", "fence"],
    outcomes,
  },
  "decision.undo": {
    about: "The author took a decision back within its window.",
    required: ["case", "cycle", "round", "ruling"],
    optional: ["subject", "fence"],
    outcomes,
  },
  "decision.mistake": {
    about: "The author reported a decision as a mistake after its window.",
    required: ["case", "cycle", "round", "ruling"],
    optional: ["subject", "policy"],
    outcomes,
  },
  "decision.mistake_closed": {
    about: "A lead dealt with a reported mistake; the reason says how.",
    required: ["case", "cycle", "round", "ruling", "reason"],
    optional: ["subject", "policy"],
    outcomes,
  },
  "decision.settle": {
    about: "A decision's window ended.",
    required: ["case", "cycle", "round", "ruling"],
    optional: ["subject"],
    outcomes,
  },
  "decision.effective": {
    about: "The last round asked for has settled: the case's decision holds.",
    required: ["case", "cycle", "round", "decision"],
    optional: ["subject", "policy", "ruling"],
    outcomes,
  },
  "decision.reopen": {
    about: "A settled case was opened again, at its first round and with other people.",
    required: ["case", "cycle", "reason"],
    optional: ["subject", "ruling", "run", "policy"],
    outcomes,
  },
  "exemption.record": {
    about: "A second account was permitted: one event for each account it covers.",
    required: ["exemption", "case", "subject", "reason"],
    optional: ["until", "cycle", "round", "fence", "candidate", "policy", "ruling"],
    outcomes,
  },
  "exemption.undo": {
    about: "An exemption was taken back with the decision that it came with.",
    required: ["exemption", "case"],
    optional: ["subject", "cycle", "round", "ruling", "reason"],
    outcomes,
  },
} as const satisfies Record<string, KindSpec>;

import { type KindSpec, OUTCOMES } from "./fields.ts";

const outcomes = OUTCOMES;

/** The log about itself. */
export const LOG_KINDS = {
  "audit.query": {
    about: "The log was searched or read: one event a page, written before it is answered.",
    required: ["purpose"],
    optional: ["fields", "page", "count", "subject", "case", "user", "from", "to"],
    outcomes,
  },
  "audit.export": {
    about: "Leaves were written out of the log.",
    required: ["from", "to"],
    optional: ["purpose", "user", "reason"],
    outcomes,
  },
  "audit.proof": {
    about: "A proof of one event was given out.",
    required: ["event"],
    optional: ["purpose", "size"],
    outcomes,
  },
  "audit.verify": {
    about: "The log was checked; outcome `error` where it did not hold.",
    required: ["size"],
    optional: ["root", "reason", "count"],
    outcomes,
  },
  "key.rotate": {
    about: "The log signs with another key from here on.",
    required: ["vkey"],
    optional: ["reason", "until"],
    outcomes,
  },
  "emitter.start": {
    about: "A process that writes events began; its first event, number 1.",
    required: [],
    optional: ["release", "reason"],
    outcomes,
  },
  "emitter.stop": {
    about: "A process that writes events ended in order; its last event.",
    required: ["last"],
    optional: ["reason"],
    outcomes,
  },
  "emit.void": {
    about: "Numbers of this process that no event carries: their transaction was rolled back.",
    required: ["voided"],
    optional: ["reason"],
    outcomes,
  },
  "restore.declared": {
    about: "The database was restored; where the log stood before.",
    required: ["size", "root"],
    optional: ["reason"],
    outcomes,
  },
  "insights.query": {
    about:
      "Figures were asked for: which, and filtered by what. Where the cases behind one were shown, one event for each account.",
    required: ["fields"],
    optional: ["case", "subject", "user", "method", "page", "count"],
    outcomes,
  },
  "seed.load": {
    about: "Demonstration data was loaded; none of it is about real people.",
    required: ["count"],
    optional: ["method", "release"],
    outcomes,
  },
} as const satisfies Record<string, KindSpec>;

import { type KindSpec, OUTCOMES } from "./fields.ts";

const outcomes = OUTCOMES;

/** A case's way in, through the queue and over the screens. */
export const CASE_KINDS = {
  "case.ingest": {
    about: "Upstream sent a case and it was taken, whole.",
    required: ["case", "subject", "source"],
    optional: ["verification", "run", "region", "count", "key", "policy"],
    outcomes,
  },
  "case.run": {
    about:
      "Upstream sent a further matcher run for a case, counting from this cycle on: one event for each account in it; the reason says what came of it.",
    required: ["case", "subject", "source", "run", "cycle", "reason"],
    optional: ["verification", "candidate", "region", "count", "key"],
    outcomes,
  },
  "case.evidence": {
    about:
      "Upstream sent a new capture for a case, counting from this cycle on; the reason says what came of it.",
    required: ["case", "subject", "source", "verification", "cycle", "reason"],
    optional: ["candidate", "region", "count", "key"],
    outcomes,
  },
  "case.withdraw": {
    about: "A case was withdrawn before it was decided, by upstream or by the person (`method`).",
    required: ["case", "subject", "source", "reason"],
    optional: ["cycle", "method", "key"],
    outcomes,
  },
  "case.cancel": {
    about:
      "A lease ended from outside, by what upstream sent for its case or by a lead: which, says the reason.",
    required: ["case", "cycle", "round", "fence", "user", "reason"],
    optional: ["subject"],
    outcomes,
  },
  "case.repeat": {
    about:
      "Upstream sent a case, or something for it, again with the same body; it got the same answer.",
    required: ["case", "source"],
    optional: ["subject", "key"],
    outcomes,
  },
  "case.refuse": {
    about:
      "Upstream sent what could not be taken, and nothing of it was kept; or asked for what it may not read.",
    required: ["reason"],
    optional: ["source", "key", "case", "fields", "count"],
    outcomes: ["denied", "error"],
  },
  "case.claim": {
    about: "A round was claimed: the lease begins.",
    required: ["case", "cycle", "round", "fence"],
    optional: ["subject", "policy", "reason", "purpose", "until"],
    outcomes,
  },
  "case.reserve": {
    about: "A round was reserved to be worked next, so that its evidence may be fetched ahead.",
    required: ["case", "cycle", "round", "fence"],
    optional: ["subject", "policy", "until"],
    outcomes,
  },
  "case.open": {
    about: "The holder of a lease opened the case to work on it.",
    required: ["case", "subject", "cycle", "round", "fence"],
    optional: ["policy", "purpose"],
    outcomes,
  },
  "case.release": {
    about: "The holder gave a lease back.",
    required: ["case", "cycle", "round", "fence", "reason"],
    optional: ["subject", "until"],
    outcomes,
  },
  "case.route": {
    about:
      "A lead changed where a case goes, how (`method`) and why (`reason`): kept it for a person (`user`), gave it back to everybody, or changed its priority. Denied where that person may not judge it, or nothing was left to route; the lead learned so.",
    required: ["case", "subject", "method", "reason"],
    optional: ["cycle", "round", "user", "until"],
    outcomes,
  },
  "case.expire": {
    about: "A lease ended by itself; written when that is first noticed.",
    required: ["case", "cycle", "round", "fence"],
    optional: ["subject", "user", "reason"],
    outcomes,
  },
  "case.search": {
    about: "A search showed this account's case: one event for each account shown.",
    required: ["fields"],
    optional: ["case", "subject", "page", "count", "purpose"],
    outcomes,
  },
  "case.view": {
    about: "A case's page, or its state over the API, was read by somebody without its lease.",
    required: ["case", "subject"],
    optional: ["fields", "purpose", "source", "key", "candidate"],
    outcomes,
  },
  "case.escalate": {
    about: "A round went to adjudication by a lead, with a question.",
    required: ["case", "cycle", "round", "reason"],
    optional: ["subject", "fence", "policy", "ruling"],
    outcomes,
  },
  "case.await": {
    about: "A case waits for a new capture from upstream.",
    required: ["case", "cycle", "round", "reason"],
    optional: ["subject", "fence", "fields", "candidate", "until", "ruling"],
    outcomes,
  },
  "queue.search": {
    about: "A list of what waits or who holds what showed this account's case: one event for each.",
    required: [],
    optional: ["case", "subject", "fields", "page", "count", "region", "purpose"],
    outcomes,
  },
} as const satisfies Record<string, KindSpec>;

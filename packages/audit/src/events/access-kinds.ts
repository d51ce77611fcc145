import { type KindSpec, OUTCOMES } from "./fields.ts";

const outcomes = OUTCOMES;

/** Who may come in and do what. */
export const ACCESS_KINDS = {
  "session.start": {
    about: "Somebody signed in.",
    required: ["method"],
    optional: ["client", "link", "until"],
    outcomes,
  },
  "session.fail": {
    about: "A sign-in failed; the actor is the account it was for, or `usr_unknown`.",
    required: ["reason"],
    optional: ["method", "client", "user", "link", "count"],
    outcomes: ["denied", "error"],
  },
  "session.end": {
    about: "A session ended: signed out, idle, too old, or its role was lost.",
    required: ["reason"],
    optional: ["user"],
    outcomes,
  },
  "access.denied": {
    about: "A permission was refused; `count` of them in a minute where one event stands for many.",
    required: ["action", "reason"],
    optional: ["case", "subject", "candidate", "user", "key", "count", "client"],
    outcomes: ["denied", "error"],
  },
  "role.change": {
    about: "Somebody's role was changed.",
    required: ["user", "role"],
    optional: ["was", "reason"],
    outcomes,
  },
  "people.add": {
    about: "Somebody was given an account.",
    required: ["user", "role"],
    optional: ["region", "reason"],
    outcomes,
  },
  "people.disable": {
    about: "Somebody's account was closed.",
    required: ["user"],
    optional: ["reason"],
    outcomes,
  },
  "people.link": {
    about: "A one-time sign-in link was made.",
    required: ["user", "link"],
    optional: ["until", "reason"],
    outcomes,
  },
  "key.create": {
    about: "An upstream system was given a key to send cases with.",
    required: ["key", "source"],
    optional: ["until"],
    outcomes,
  },
  "key.use": {
    about: "A key to send cases with was used for the first time, or after a long while.",
    required: ["key"],
    optional: ["source", "count", "client"],
    outcomes,
  },
  "key.revoke": {
    about: "A key to send cases with was taken back.",
    required: ["key"],
    optional: ["source", "reason"],
    outcomes,
  },
  "policy.change": {
    about: "Another version of the rules came into force.",
    required: ["policy"],
    optional: ["region", "user", "reason", "fields"],
    outcomes,
  },
} as const satisfies Record<string, KindSpec>;

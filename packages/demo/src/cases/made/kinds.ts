import type { Draft } from "./draft.ts";
import type { Kit } from "./kit.ts";
import {
  mule,
  ring,
  permitted,
  dark,
  brokenClip,
  missingPhoto,
  turned,
  noCandidates,
} from "./kinds-of-evidence.ts";
import {
  duplicate,
  disguised,
  lookalike,
  siblings,
  twins,
  family,
  many,
  strangers,
  longName,
} from "./kinds-of-faces.ts";

/** Every kind of case, each as often as it stands here; a set goes through them in this order. */
export const kinds: readonly (readonly [name: string, make: (kit: Kit) => Draft])[] = [
  ["duplicate", duplicate],
  ["lookalike", lookalike],
  ["family", family],
  ["disguised", disguised],
  ["strangers", strangers],
  ["mule", mule],
  ["twins", twins],
  ["permitted", permitted],
  ["dark", dark],
  ["many", many],
  ["duplicate", duplicate],
  ["siblings", siblings],
  ["ring", ring],
  ["no-candidates", noCandidates],
  ["turned", turned],
  ["broken-clip", brokenClip],
  ["missing-photo", missingPhoto],
  ["long-name", longName],
  ["strangers", strangers],
  ["disguised", disguised],
  ["ring", ring],
  ["lookalike", lookalike],
];

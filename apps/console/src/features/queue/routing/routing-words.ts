import type { RouteAct, RouteResult } from "@secondlook/domain/queue/route";
import type { RouteResults } from "../../../lib/contract.ts";

export const ACT_TITLES: Record<RouteAct, string> = {
  assign: "Give to somebody",
  release: "Take from who has it",
  put_back: "Put back for everybody",
  priority: "Change the priority",
};

export const ACT_BUTTONS: Record<RouteAct, string> = {
  assign: "Give",
  release: "Take away",
  put_back: "Put back",
  priority: "Change",
};

/** What an act means for the cases and for the lead, said before it is done. */
export const ACT_NOTES: Record<RouteAct, string> = {
  assign:
    "They come to this person next, and to nobody else until the time is over. Who works on one now is told, and keeps what they wrote. You yourself will not be given any round of these cases.",
  release:
    "Whoever works on one is told at once and keeps what they sealed and wrote; the case is free for everybody.",
  put_back: "They are free for everybody again, in their old order.",
  priority:
    "When they are due changes with it, as policy says. Nothing of how they are judged does.",
};

export const LEFT_WORDS: Record<Exclude<RouteResult, "done">, string> = {
  changed: "is not as the list showed it any more, so it was left alone",
  not_eligible:
    "can’t be judged by this person: a part they had in it, its region, language, skill or stage rules it out",
  yours: "is one that you are judging; give it back first",
};

/** `3 cases`, `1 case`. */
export const casesWords = (count: number): string => (count === 1 ? "1 case" : `${count} cases`);

/** What came of an act, in one line. */
export function resultWords(results: RouteResults): string {
  const done = results.filter(({ result }) => result === "done").length;
  const left = results.length - done;
  if (left === 0) return `Done for ${casesWords(done)}.`;
  return done === 0
    ? `Nothing was changed: ${casesWords(left)} left alone.`
    : `Done for ${casesWords(done)}; ${casesWords(left)} left alone.`;
}

/** `30 minutes`, `4 hours`. */
export function keepWords(minutes: number): string {
  return minutes < 60 ? `${minutes} minutes` : minutes === 60 ? "1 hour" : `${minutes / 60} hours`;
}

import { Refusal } from "../core/refusal.ts";

/** The refusal of what others said about a case to whoever is judging it. */
export function mayStillJudge(): Refusal {
  return new Refusal(
    "may_still_judge",
    "You are judging this case, or it is kept ready for you, so its page stays closed to you. It opens once the case is settled, or after you gave it back without a rating.",
  );
}

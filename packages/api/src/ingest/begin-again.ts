import { sqlState } from "../core/sql-state.ts";
import { PeopleChanged } from "./people.ts";
import { Problem } from "./problem.ts";
import { CaseMoved } from "./store-sealed.ts";

/** How often a request begins in all, where others are quicker. */
const ATTEMPTS = 4;
/** Two at once made the same thing: whoever looks again finds it, unless something else is wrong. */
const UNIQUE_VIOLATION = "23505";
const DEADLOCK = "40P01";
const SERIALIZATION_FAILURE = "40001";
const RACES: readonly (string | undefined)[] = [UNIQUE_VIOLATION, DEADLOCK, SERIALIZATION_FAILURE];

/**
 * Does the work, and again where another request was quicker; between two tries, `meanwhile` tells what
 * the other one has made of it, or undefined.
 *
 * @throws Problem 503 where others were quicker each time.
 */
export async function beginAgain<T>(
  work: () => Promise<T>,
  meanwhile: () => Promise<T | undefined>,
): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isRace(error)) throw error;
      if (attempt === ATTEMPTS)
        throw sqlState(error) === UNIQUE_VIOLATION ? error : overtaken(error);
      const made = await meanwhile();
      if (made !== undefined) return made;
    }
  }
}

function isRace(error: unknown): boolean {
  if (error instanceof PeopleChanged || error instanceof CaseMoved) return true;
  return RACES.includes(sqlState(error));
}

function overtaken(cause: unknown): Problem {
  return new Problem(
    503,
    "overtaken",
    "Other requests about the same case or accounts were quicker each time. Nothing was taken; send it again in a few seconds.",
    [],
    { cause },
  );
}

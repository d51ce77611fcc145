import type { RouteResults } from "../../../lib/contract.ts";
import classes from "./routing.module.css";
import { LEFT_WORDS, resultWords } from "./routing-words.ts";

/** What became of each case that was left alone, and of how many others it was done for. */
export function RouteOutcome({ results }: { readonly results: RouteResults }) {
  return (
    <>
      <p>{resultWords(results)}</p>
      <ul className={classes.left}>
        {results.map(({ caseId, result }) =>
          result === "done" ? null : (
            <li key={caseId}>
              <code>{caseId}</code> {LEFT_WORDS[result]}.
            </li>
          ),
        )}
      </ul>
    </>
  );
}

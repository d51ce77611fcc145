import { Button } from "@mantine/core";
import { useEffect } from "react";
import { isRefusal, problemOf } from "../../lib/problem.ts";
import { QueryProblem } from "../../ui/query-problem.tsx";
import { StateScreen } from "../../ui/state-screen.tsx";

/** How often it is looked whether the first build is over, in milliseconds. */
const LOOK_AGAIN = 15_000;

/** In place of figures that could not be fetched, or that are not there yet. */
export function FiguresProblem(props: {
  readonly error: unknown;
  readonly onRetry: () => void;
  readonly onClear: () => void;
}) {
  const { error, onRetry, onClear } = props;
  const problem = problemOf(error);
  if (isRefusal(problem, "conflict")) {
    return <Building words={problem.message} onRetry={onRetry} />;
  }
  if (isRefusal(problem, "invalid_input")) {
    return (
      <StateScreen
        title="These figures could not be added up"
        actions={
          <Button variant="default" onClick={onClear}>
            Show the last 28 days
          </Button>
        }
      >
        <p>{problem.message}</p>
      </StateScreen>
    );
  }
  return <QueryProblem error={error} onRetry={onRetry} />;
}

function Building({ words, onRetry }: { readonly words: string; readonly onRetry: () => void }) {
  useEffect(() => {
    const timer = setInterval(onRetry, LOOK_AGAIN);
    return () => clearInterval(timer);
  }, [onRetry]);
  return (
    <StateScreen title="The figures are being built">
      <p>{words}</p>
    </StateScreen>
  );
}

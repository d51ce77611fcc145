import { Button } from "@mantine/core";
import { problemOf } from "../lib/problem.ts";
import { StateScreen } from "./state-screen.tsx";

/** In place of what could not be fetched. */
export function QueryProblem(props: { readonly error: unknown; readonly onRetry: () => void }) {
  const problem = problemOf(props.error);
  const refused = problem.kind === "refused" && problem.code === "forbidden";
  return (
    <StateScreen
      title={refused ? "This page is not yours to open" : "This could not be fetched"}
      actions={
        refused ? undefined : (
          <Button variant="default" onClick={props.onRetry}>
            Try again
          </Button>
        )
      }
    >
      <p>{problem.message}</p>
      {problem.kind === "failed" && problem.requestId !== null ? (
        <p>
          If it stays so, pass this on: <code>{problem.requestId}</code>
        </p>
      ) : null}
    </StateScreen>
  );
}

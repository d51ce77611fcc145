import { Button } from "@mantine/core";
import { isRouteErrorResponse, Link, useRouteError } from "react-router";
import { problemOf } from "../lib/problem.ts";
import { StateScreen } from "../ui/state-screen.tsx";

/** What is shown where a screen could not be. */
export function RouteProblem() {
  const error = useRouteError();
  if (isRouteErrorResponse(error) && error.status === 404) return <NotFound />;
  const problem = problemOf(error);
  const retry = (
    <Button onClick={() => globalThis.location.reload()} variant="default">
      Try again
    </Button>
  );
  if (problem.kind === "refused" && problem.code === "forbidden") {
    return <Forbidden reason={problem.message} />;
  }
  if (problem.kind === "unreachable") {
    return (
      <StateScreen title="The server can't be reached" actions={retry}>
        <p>
          Check your connection. If others can’t reach it either, tell whoever runs this server.
        </p>
      </StateScreen>
    );
  }
  return (
    <StateScreen title="This did not work" actions={retry}>
      <p>{problem.message}</p>
      {problem.kind === "failed" && problem.requestId !== null ? (
        <p>
          If it stays so, pass this on: <code>{problem.requestId}</code>
        </p>
      ) : null}
    </StateScreen>
  );
}

/** An address that leads nowhere. */
export function NotFound() {
  return (
    <StateScreen
      title="There is no such page"
      actions={
        <Button component={Link} to="/" variant="default">
          Go to the start
        </Button>
      }
    >
      <p>The address may be mistyped, or the page may have moved.</p>
    </StateScreen>
  );
}

/** A page that belongs to other roles. */
export function Forbidden({ reason }: { readonly reason: string }) {
  return (
    <StateScreen
      title="This page is not yours to open"
      actions={
        <Button component={Link} to="/" variant="default">
          Go to the start
        </Button>
      }
    >
      <p>{reason}</p>
      <p>If you need it for your work, ask an administrator for the role.</p>
    </StateScreen>
  );
}

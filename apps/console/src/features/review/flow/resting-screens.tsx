import { Button } from "@mantine/core";
import { useEffect, useState } from "react";
import { announce } from "../../../lib/announce.ts";
import type { EmptyReason } from "../../../lib/contract.ts";
import type { Problem } from "../../../lib/problem.ts";
import type { ReviewState } from "../model/review-state.ts";
import { StateScreen } from "../../../ui/state-screen.tsx";
import { instantOf } from "../../../ui/time.ts";

const EMPTY_WORDS: Record<EmptyReason, { title: string; text: string }> = {
  nothing_waiting: {
    title: "Nothing is waiting",
    text: "Every case is decided or in somebody’s hands. New ones come as upstream sends them.",
  },
  outside_your_scope: {
    title: "Nothing is waiting for you",
    text: "What waits is in regions or languages that are not yours. A lead can change what you are given.",
  },
  only_cases_you_judged: {
    title: "What is left needs somebody else",
    text: "You already judged the cases that wait, and a second look must not be yours.",
  },
  all_being_worked: {
    title: "Everything is being worked on",
    text: "Others hold the cases that wait. One that is given back comes to you.",
  },
  snoozed: {
    title: "What is left comes back later",
    text: "The cases that wait were skipped or snoozed.",
  },
};

const NEW_WORDS = {
  title: "New cases came in",
  text: "Look whether one of them is for you.",
};

/**
 * Why there is nothing to do, until something comes in: then that. It takes no case by itself, since
 * nobody may be sitting there.
 */
export function EmptyScreen(props: {
  readonly found: NonNullable<ReviewState["empty"]>;
  /** What is in the queue, as it is told live; null while nothing is told. */
  readonly waiting: number | null;
  readonly busy: boolean;
  readonly onRetry: () => void;
}) {
  const { reason, nextAt } = props.found;
  const came = useRisen(props.waiting, props.found);
  useEffect(() => {
    if (came) announce("New cases came in.");
  }, [came]);
  const { title, text } = came ? NEW_WORDS : EMPTY_WORDS[reason];
  return (
    <StateScreen
      title={title}
      actions={
        <Button loading={props.busy} onClick={props.onRetry}>
          Look again (Enter)
        </Button>
      }
    >
      <p>{text}</p>
      {nextAt === null || came ? null : <p>The next one is due back {instantOf(nextAt)}.</p>}
    </StateScreen>
  );
}

/** Whether a count that is told live has risen from its lowest since `since` was another object. */
function useRisen(count: number | null, since: object): boolean {
  const [seen, setSeen] = useState({ since, lowest: count });
  if (seen.since !== since || (count !== null && (seen.lowest === null || count < seen.lowest)))
    setSeen({ since, lowest: count });
  return count !== null && seen.lowest !== null && count > seen.lowest;
}

/** After a pause, or a decision that was the last for now. */
export function PausedScreen(props: { readonly busy: boolean; readonly onResume: () => void }) {
  return (
    <StateScreen
      title="Paused"
      actions={
        <Button loading={props.busy} onClick={props.onResume}>
          Go on (Enter)
        </Button>
      }
    >
      <p>You hold no case. What you filled in is kept for when a case comes back to you.</p>
    </StateScreen>
  );
}

/** Where no case could be had. */
export function FailedScreen(props: {
  readonly problem: Problem;
  readonly busy: boolean;
  readonly onRetry: () => void;
}) {
  const { problem } = props;
  return (
    <StateScreen
      title="No case could be fetched"
      actions={
        <Button loading={props.busy} onClick={props.onRetry}>
          Try again (Enter)
        </Button>
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

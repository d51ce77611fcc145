import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { WaitingQuestion } from "../../lib/contract.ts";
import { problemOf } from "../../lib/problem.ts";
import { api } from "../../lib/trpc.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { ShownText } from "../../ui/shown-text.tsx";
import classes from "./queue-dialog.module.css";

/** Reading a question that another lead answers. Said first what reading it means. */
export function QuestionDialog(props: {
  readonly of: WaitingQuestion;
  readonly onClose: () => void;
}) {
  const { decisionId, askedBy, caseId } = props.of;
  const read = useMutation({ mutationFn: () => api.queue.readQuestion.mutate({ decisionId }) });
  return (
    <Dialog title="A question for another lead" size="small" onClose={props.onClose}>
      <p className={classes.about}>
        <ShownText>{askedBy}</ShownText> asks about <code>{caseId}</code>.
      </p>
      {read.isSuccess ? (
        <blockquote className={classes.text}>
          <ShownText>{read.data.question}</ShownText>
        </blockquote>
      ) : (
        <>
          <p>
            Reading it stands in the log, and from then on no round of this case is ever given to
            you.
          </p>
          <Button data-autofocus loading={read.isPending} onClick={() => read.mutate()}>
            Read the question
          </Button>
        </>
      )}
      {read.isError ? (
        <p role="alert" className={classes.problem}>
          {problemOf(read.error).message}
        </p>
      ) : null}
    </Dialog>
  );
}

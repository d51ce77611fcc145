import { OUTCOME_WORDS } from "@secondlook/domain/decisions/outcome";
import { MISTAKE_OUTCOME_WORDS } from "@secondlook/domain/decisions/mistake";
import { Button } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import type { ReportedMistake } from "../../lib/contract.ts";
import { problemOf } from "../../lib/problem.ts";
import { api } from "../../lib/trpc.ts";
import { Dialog } from "../../ui/dialog.tsx";
import { ShownText } from "../../ui/shown-text.tsx";
import { instantOf } from "../../ui/time.ts";
import { CloseMistakeForm } from "./close-mistake-form.tsx";
import classes from "./queue-dialog.module.css";

/** What somebody wrote of their mistake, and closing the report. */
export function MistakeDialog(props: {
  readonly of: ReportedMistake;
  readonly onClose: () => void;
  readonly onClosed: () => void;
}) {
  const { by, caseId, decisionId, handled, isYours, outcome, reportedAt } = props.of;
  const read = useMutation({ mutationFn: () => api.decisions.readMistake.mutate({ decisionId }) });
  return (
    <Dialog title="A mistake reported" size="small" onClose={props.onClose}>
      <p className={classes.about}>
        <ShownText>{by}</ShownText> decided “{OUTCOME_WORDS[outcome]}” of <code>{caseId}</code> and
        reported it {instantOf(reportedAt)}.
      </p>
      {read.isSuccess ? (
        <>
          <blockquote className={classes.text}>
            <ShownText>{read.data.note}</ShownText>
          </blockquote>
          {handled !== null ? (
            <>
              <p className={classes.about}>
                Closed by <ShownText>{handled.by}</ShownText>, {instantOf(handled.at)}:{" "}
                {MISTAKE_OUTCOME_WORDS[handled.how]}.
              </p>
              {read.data.answer === null ? null : (
                <blockquote className={classes.text}>
                  <ShownText>{read.data.answer}</ShownText>
                </blockquote>
              )}
            </>
          ) : isYours ? (
            <p>This is your own mistake; another lead has to close it.</p>
          ) : (
            <CloseMistakeForm decisionId={decisionId} onClosed={props.onClosed} />
          )}
        </>
      ) : (
        <>
          <p>
            Reading it stands in the log, and from then on no round of this case is ever given to
            you.
          </p>
          <Button data-autofocus loading={read.isPending} onClick={() => read.mutate()}>
            Read what they wrote
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

import {
  MISTAKE_OUTCOME_WORDS,
  MISTAKE_OUTCOMES,
  type MistakeOutcome,
} from "@secondlook/domain/decisions/mistake";
import { Button, Radio, Stack, Textarea } from "@mantine/core";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import type { DecisionId } from "../../lib/contract.ts";
import { announce } from "../../lib/announce.ts";
import { problemOf } from "../../lib/problem.ts";
import { api } from "../../lib/trpc.ts";
import classes from "./queue-dialog.module.css";

/** Says how a reported mistake was dealt with. */
export function CloseMistakeForm(props: {
  readonly decisionId: DecisionId;
  readonly onClosed: () => void;
}) {
  const { decisionId } = props;
  const [how, setHow] = useState<MistakeOutcome | null>(null);
  const [note, setNote] = useState("");
  const [missing, setMissing] = useState(false);
  const close = useMutation({
    mutationFn: (by: MistakeOutcome) =>
      api.decisions.closeMistake.mutate({
        decisionId,
        how: by,
        note: note.trim() === "" ? null : note,
      }),
    onSuccess: () => {
      announce("The report is closed.");
      props.onClosed();
    },
  });
  return (
    <form
      className={classes.form}
      onSubmit={(event) => {
        event.preventDefault();
        setMissing(how === null);
        if (how !== null) close.mutate(how);
      }}
    >
      <Radio.Group
        label="What became of it?"
        description="Nothing of the case changes by this."
        value={how}
        error={missing && how === null ? "Say what became of it." : undefined}
        onChange={(value) => setHow(MISTAKE_OUTCOMES.find((each) => each === value) ?? null)}
      >
        <Stack gap={6} mt="xs">
          {MISTAKE_OUTCOMES.map((each) => (
            <Radio key={each} value={each} label={MISTAKE_OUTCOME_WORDS[each]} />
          ))}
        </Stack>
      </Radio.Group>
      <Textarea
        className={classes.wide ?? ""}
        label="What was done (optional)"
        autosize
        minRows={2}
        maxRows={8}
        maxLength={4000}
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Button type="submit" loading={close.isPending}>
        Close the report
      </Button>
      {close.isError ? (
        <p role="alert" className={classes.problem}>
          {problemOf(close.error).message}
        </p>
      ) : null}
    </form>
  );
}

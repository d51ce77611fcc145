import { OUTCOME_WORDS } from "@secondlook/domain/decisions/outcome";
import { Button, Textarea } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import type { OwnDecision } from "../../../lib/contract.ts";
import type { Binding } from "../../../lib/keyboard/bindings.ts";
import { useKeys } from "../../../lib/keyboard/use-keys.ts";
import { problemOf } from "../../../lib/problem.ts";
import { api, trpc } from "../../../lib/trpc.ts";
import { Dialog } from "../../../ui/dialog.tsx";
import { ShownText } from "../../../ui/shown-text.tsx";
import { momentOf } from "../../../ui/time.ts";
import classes from "./dialogs.module.css";

const DIGITS = [1, 2, 3, 4, 5, 6, 7, 8, 9] as const;
const KEYS: readonly Binding<`digit_${(typeof DIGITS)[number]}`>[] = DIGITS.map((digit) => ({
  id: `digit_${digit}`,
  keys: [String(digit)],
  words: "Choose",
  group: "Mistakes",
}));

/** Telling a lead that an earlier decision of one's own was wrong: which, and what was wrong. */
export function MistakeDialog(props: {
  readonly onClose: () => void;
  /** Says on screen that it was taken. */
  readonly onReported: () => void;
}) {
  const { onClose } = props;
  // Asked for anew each time: a list of an hour ago would offer what was reported since.
  const mine = useQuery(trpc.decisions.mine.queryOptions(undefined, { gcTime: 0, staleTime: 0 }));
  const [chosen, setChosen] = useState<OwnDecision | null>(null);
  const rows = mine.data?.rows ?? [];
  const choose = (index: number) => {
    const row = rows[index];
    if (row !== undefined && mayReport(row)) setChosen(row);
  };
  const handlers = Object.fromEntries(
    DIGITS.map((digit) => [`digit_${digit}`, () => choose(digit - 1)]),
  );
  useKeys(KEYS, chosen === null ? handlers : {}, { exclusive: true });
  return (
    <Dialog onClose={onClose} title="Report a mistake of your own" size="large">
      {chosen !== null ? (
        <Report
          decision={chosen}
          onDone={() => {
            props.onReported();
            onClose();
          }}
        />
      ) : (
        <>
          <p className={classes.text}>
            {mine.error !== null
              ? problemOf(mine.error).message
              : rows.length === 0 && !mine.isPending
                ? "You have decided nothing yet."
                : "Nothing changes by itself: a lead who does not judge the case reads it, or any lead once it is over. Which decision was wrong?"}
          </p>
          <div className={classes.options}>
            {rows.map((row, index) => (
              <button
                key={row.decisionId}
                type="button"
                disabled={!mayReport(row)}
                onClick={() => choose(index)}
              >
                <kbd>{index + 1}</kbd> {OUTCOME_WORDS[row.outcome]} ·{" "}
                <ShownText>{row.externalId}</ShownText> · {momentOf(row.decidedAt)}
                {row.reported ? " · reported" : row.final ? "" : " · undo it instead"}
              </button>
            ))}
          </div>
        </>
      )}
    </Dialog>
  );
}

function mayReport(row: OwnDecision): boolean {
  return row.final && !row.reported;
}

function Report(props: { readonly decision: OwnDecision; readonly onDone: () => void }) {
  const { decision } = props;
  const [note, setNote] = useState("");
  const [problem, setProblem] = useState<string | null>(null);
  const [sending, setSending] = useState(false);
  async function send(): Promise<void> {
    setSending(true);
    try {
      await api.decisions.reportMistake.mutate({ decisionId: decision.decisionId, note });
      props.onDone();
    } catch (error) {
      setProblem(problemOf(error).message);
      setSending(false);
    }
  }
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        if (note.trim() === "") setProblem("Say what was wrong, for the lead.");
        else void send();
      }}
    >
      <p className={classes.text}>
        {OUTCOME_WORDS[decision.outcome]} · <ShownText>{decision.externalId}</ShownText> ·{" "}
        {momentOf(decision.decidedAt)}
      </p>
      <Textarea
        label="What was wrong?"
        // oxlint-disable-next-line jsx-a11y/no-autofocus -- the dialog was opened to write here
        autoFocus
        autosize
        minRows={3}
        maxRows={8}
        maxLength={4000}
        value={note}
        error={problem}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Button type="submit" mt="sm" loading={sending}>
        Report it <kbd>Esc, then Enter</kbd>
      </Button>
    </form>
  );
}

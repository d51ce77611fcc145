import { RELEASE_REASONS, RELEASE_WORDS, type ReleaseReason } from "@secondlook/domain/queue/lease";
import { useState } from "react";
import type { Binding } from "../../../lib/keyboard/bindings.ts";
import { useKeys } from "../../../lib/keyboard/use-keys.ts";
import { serverNow } from "../../../lib/server-clock.ts";
import { Dialog } from "../../../ui/dialog.tsx";
import classes from "./dialogs.module.css";

type Digit = `digit_${1 | 2 | 3 | 4 | 5}`;

const KEYS: readonly Binding<Digit>[] = ([1, 2, 3, 4, 5] as const).map((digit) => ({
  id: `digit_${digit}`,
  keys: [String(digit)],
  words: "Choose",
  group: "Releasing",
}));

const SNOOZES = [
  { words: "For an hour", hours: 1 },
  { words: "For four hours", hours: 4 },
  { words: "Until tomorrow, this time", hours: 24 },
] as const;

/** Giving a case back: `l` opens this, and the reason's digit is the second stroke. */
export function ReleaseDialog(props: {
  /** When the case is due, as an ISO time; null once it is gone. */
  readonly dueAt: string | null;
  readonly onClose: () => void;
  readonly onRelease: (reason: ReleaseReason, until: Date | null) => void;
}) {
  const [snoozing, setSnoozing] = useState(false);
  const choose = (index: number) => {
    if (snoozing) {
      const snooze = SNOOZES[index];
      if (snooze !== undefined) {
        props.onRelease("snooze", new Date(serverNow() + snooze.hours * 3_600_000));
      }
      return;
    }
    const reason = RELEASE_REASONS[index];
    if (reason === "snooze") setSnoozing(true);
    else if (reason !== undefined) props.onRelease(reason, null);
  };
  useKeys(
    KEYS,
    {
      digit_1: () => choose(0),
      digit_2: () => choose(1),
      digit_3: () => choose(2),
      digit_4: () => choose(3),
      digit_5: () => choose(4),
    },
    { exclusive: true },
  );
  const due = props.dueAt === null ? Infinity : Date.parse(props.dueAt);
  const options = snoozing
    ? SNOOZES.map(({ words, hours }) =>
        serverNow() + hours * 3_600_000 > due ? `${words} (after it is due)` : words,
      )
    : RELEASE_REASONS.map((reason) => RELEASE_WORDS[reason]);
  return (
    <Dialog
      onClose={props.onClose}
      title={snoozing ? "Snooze this case" : "Release this case"}
      size="small"
    >
      <p className={classes.text}>
        {snoozing
          ? "It comes back to the queue then. Your seals and your draft are kept."
          : "It goes back to the queue. Your seals and your draft are kept. Choose why; Esc keeps the case."}
      </p>
      <div className={classes.options}>
        {options.map((words, index) => (
          <button key={words} type="button" onClick={() => choose(index)}>
            <kbd>{index + 1}</kbd> {words}
          </button>
        ))}
      </div>
    </Dialog>
  );
}

import { router } from "../core/trpc.ts";
import { closeMistake } from "./close-mistake.ts";
import { mine } from "./mine.ts";
import { mistakes } from "./mistakes.ts";
import { readMistake } from "./read-mistake.ts";
import { reportMistake } from "./report-mistake.ts";
import { submit } from "./submit.ts";
import { undo } from "./undo.ts";
import { undoable } from "./undoable.ts";

export const decisionsRouter = router({
  submit,
  undo,
  undoable,
  mine,
  reportMistake,
  mistakes,
  readMistake,
  closeMistake,
});

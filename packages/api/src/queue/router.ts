import { router } from "../core/trpc.ts";
import { claimNext } from "./claim-next.ts";
import { heartbeat } from "./heartbeat.ts";
import { nobody } from "./nobody.ts";
import { onShift } from "./on-shift.ts";
import { overview } from "./overview.ts";
import { pause } from "./pause.ts";
import { questions } from "./questions.ts";
import { readQuestion } from "./read-question.ts";
import { release } from "./release.ts";
import { retake } from "./retake.ts";
import { route } from "./route.ts";
import { listAssignees } from "./list-assignees.ts";
import { summary } from "./summary.ts";

export const queueRouter = router({
  claimNext,
  heartbeat,
  retake,
  release,
  pause,
  overview,
  route,
  assignees: listAssignees,
  summary,
  onShift,
  nobody,
  questions,
  readQuestion,
});

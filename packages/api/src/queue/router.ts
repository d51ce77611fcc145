import { router } from "../core/trpc.ts";
import { claimNext } from "./claim-next.ts";
import { heartbeat } from "./heartbeat.ts";
import { overview } from "./overview.ts";
import { pause } from "./pause.ts";
import { release } from "./release.ts";
import { retake } from "./retake.ts";
import { route } from "./route.ts";
import { listAssignees } from "./list-assignees.ts";

export const queueRouter = router({
  claimNext,
  heartbeat,
  retake,
  release,
  pause,
  overview,
  route,
  assignees: listAssignees,
});

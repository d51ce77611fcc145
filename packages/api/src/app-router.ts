import { casesRouter } from "./cases/router.ts";
import { auditRouter } from "./audit/router.ts";
import { router } from "./core/trpc.ts";
import { ingestKeysRouter } from "./ingest-keys/router.ts";
import { decisionsRouter } from "./decisions/router.ts";
import { draftsRouter } from "./drafts/router.ts";
import { insightsRouter } from "./insights/router.ts";
import { judgingRouter } from "./judging/router.ts";
import { queueRouter } from "./queue/router.ts";
import { sessionRouter } from "./session/router.ts";

export const appRouter = router({
  session: sessionRouter,
  queue: queueRouter,
  judging: judgingRouter,
  drafts: draftsRouter,
  decisions: decisionsRouter,
  audit: auditRouter,
  cases: casesRouter,
  insights: insightsRouter,
  ingestKeys: ingestKeysRouter,
});

export type AppRouter = typeof appRouter;

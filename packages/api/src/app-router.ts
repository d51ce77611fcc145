import { router } from "./core/trpc.ts";
import { sessionRouter } from "./session/router.ts";

export const appRouter = router({
  session: sessionRouter,
});

export type AppRouter = typeof appRouter;

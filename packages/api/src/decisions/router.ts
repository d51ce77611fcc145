import { router } from "../core/trpc.ts";
import { submit } from "./submit.ts";
import { undo } from "./undo.ts";

export const decisionsRouter = router({ submit, undo });

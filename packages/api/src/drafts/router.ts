import { router } from "../core/trpc.ts";
import { save } from "./save.ts";

export const draftsRouter = router({ save });

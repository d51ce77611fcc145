import { router } from "../core/trpc.ts";
import { me } from "./me.ts";

export const sessionRouter = router({ me });

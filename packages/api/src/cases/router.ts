import { router } from "../core/trpc.ts";
import { machineView } from "./machine-view.ts";
import { page } from "./page.ts";
import { search } from "./search.ts";

export const casesRouter = router({ search, page, machineView });

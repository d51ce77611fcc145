import { router } from "../core/trpc.ts";
import { backlog } from "./backlog.ts";
import { cases, myCases } from "./cases.ts";
import { csv } from "./csv.ts";
import { me } from "./me.ts";
import { overview } from "./overview.ts";
import { whatIf } from "./what-if.ts";

export const insightsRouter = router({ overview, backlog, cases, myCases, csv, whatIf, me });

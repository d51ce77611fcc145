import { router } from "../core/trpc.ts";
import { mine } from "./mine.ts";
import { prove } from "./prove.ts";
import { query } from "./query.ts";
import { status } from "./status.ts";

export const auditRouter = router({ status, query, proof: prove, mine });

import { router } from "../core/trpc.ts";
import { status } from "./status.ts";

export const auditRouter = router({ status });

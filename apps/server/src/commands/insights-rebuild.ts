import { rebuildInsights } from "@secondlook/db/insights/roll";
import { readConfig } from "../config/config.ts";
import { withDeps } from "./with-deps.ts";

/** `secondlook insights rebuild`: counts every decision anew; the figures stay readable meanwhile. */
export async function insightsRebuild(say: (line: string) => void): Promise<number> {
  const config = readConfig(process.env);
  return withDeps(config, async ({ db }) => {
    const decisions = await rebuildInsights(db, config.timeZone);
    say(`The figures were built anew from ${decisions} decisions, by days in ${config.timeZone}.`);
    return 0;
  });
}

import { rowOf } from "@secondlook/db/database";
import { RECENT_SOURCE } from "@secondlook/db/insights/load-history";
import { sql } from "drizzle-orm";
import { z } from "zod";
import { scenarios } from "./scenario.ts";

/** What two weeks of history show, which the data has whatever the state. */
export const historyScenarios = scenarios({
  search: {
    title: "Cases found",
    as: "auditor-1",
    path: "/cases?asked=1",
    shows: "Cases found",
  },
  insights: {
    title: "Insights over two weeks",
    as: "lead-1",
    path: "/insights",
    hint: "Rin gives way to the machine, and model 7.0 calls too much the same in VN.",
    shows: "Work done",
  },
  me: {
    title: "Own figures",
    as: "reviewer-1",
    path: "/me",
    shows: "Your work",
  },
  "made-up-case": {
    title: "Page of a case of the made-up history",
    as: "auditor-1",
    path: "/cases",
    shows: "no evidence was kept",
    async prepare(world) {
      const found = await rowOf(
        world.backend.superuser,
        z.object({ id: z.string() }),
        sql`select c.id from app.review_case c join app.source s on s.id = c.source_id
            where s.name = ${RECENT_SOURCE}
              and (select count(*) from app.decision d where d.case_id = c.id) = 3
            order by c.received_at desc limit 1`,
      );
      return found === undefined ? undefined : `/cases/${found.id}`;
    },
  },
});

import { run } from "@secondlook/db/database";
import { sql } from "drizzle-orm";
import { endSessions } from "./acts.ts";
import { scenarios } from "./scenario.ts";

/** Network, server, session and rights. */
export const troubleScenarios = scenarios({
  slow: {
    title: "Slow network",
    as: "reviewer-1",
    path: "/review",
    hint: "Every answer takes two seconds.",
    shows: "Secondlook",
    async prepare(world) {
      world.conditions.set({ delayMs: 2_000 });
    },
  },
  offline: {
    title: "Offline",
    as: "reviewer-1",
    path: "/review",
    hint: "The connection goes two seconds after the case came.",
    shows: "The connection is lost.",
    async prepare(world) {
      await world.changePolicy({ heartbeatSeconds: 5 });
      world.after("queue.claimNext", () => {
        setTimeout(() => world.conditions.set({ offline: true }), 2_000);
      });
    },
  },
  "server-error": {
    title: "Server error",
    as: "reviewer-1",
    path: "/review",
    shows: "Something went wrong on our side",
    async prepare(world) {
      world.on("queue.claimNext", () => "fail");
    },
  },
  "session-ended": {
    title: "Session ended",
    as: "reviewer-1",
    path: "/review",
    hint: "It ends two seconds after the case came; the next request tells.",
    shows: "Your session ended.",
    async prepare(world) {
      await world.changePolicy({ heartbeatSeconds: 5 });
      world.after("queue.claimNext", () => {
        setTimeout(() => void endSessions(world, "reviewer-1"), 2_000);
      });
    },
  },
  "signed-out": {
    title: "Signed out",
    as: null,
    path: "/sign-in",
    shows: "Choose who you want to be.",
  },
  forbidden: {
    title: "Forbidden",
    as: "reviewer-1",
    path: "/queue",
    shows: "This page is not yours to open",
  },
  "log-stalled": {
    title: "Log stalled",
    as: "reviewer-1",
    path: "/review",
    shows: "it can't be recorded",
    async prepare(world) {
      const { deps, log, superuser } = world.backend;
      await world.settle();
      log.stall();
      const waiting = deps.emitter.stamp(
        { kind: "emitter.start", outcome: "allowed" },
        { id: "sys_server", role: "system" },
      );
      // An event that has waited for its position since before the page was opened.
      await run(
        superuser,
        sql`insert into audit.event (leaf, at) values (${waiting.leaf}, clock_timestamp() - interval '5 minutes')`,
      );
      await world.settle();
    },
  },
});

import { run } from "@secondlook/db/database";
import type { StaffRole } from "@secondlook/domain/access/roles";
import { type Id, newId, systemRandom } from "@secondlook/domain/ids";
import { seedCase, type SeedCase, type SeededCase } from "@secondlook/testkit/cases/seed-case";
import { seedSource, seedStaff } from "@secondlook/testkit/cases/seed-people";
import { sql } from "drizzle-orm";
import type { z } from "zod";
import type { Staff } from "../src/core/context.ts";
import type { claimResultSchema } from "../src/schemas/work.ts";
import type { Desk } from "./desk.ts";

type Work = Extract<z.output<typeof claimResultSchema>, { state: "work" }>;

/** People and cases that are routed to one another and to nobody else of the same database. */
export interface Team {
  hire(role?: StaffRole): Promise<Staff>;
  /** A case comes in; those that come later are due later. */
  arrive(wanted?: SeedCase): Promise<SeededCase>;
  /** Claims what comes next; fails where the queue is empty. */
  next(staff: Staff): Promise<Work>;
  /** Notes a part that this person had in a case, in a round or in `any`. */
  involve(staff: Staff, caseId: string, how: string, round?: string): Promise<void>;
}

let teams = 0;

/** A new team at this desk. */
export async function createTeam(desk: Desk): Promise<Team> {
  teams += 1;
  const skills = [`team_${teams}`];
  const source: Id<"source"> = await seedSource(desk.owner);
  let slaMinutes = 600;
  return {
    hire: async (role = "reviewer") => ({
      ...(await seedStaff(desk.owner, { role, skills })),
      sessionId: newId("session", systemRandom),
    }),
    arrive(wanted = {}) {
      slaMinutes += 1;
      const { vault } = desk.deps;
      return seedCase(desk.owner, { source, vault, slaMinutes, ...wanted, skills });
    },
    async next(staff) {
      const result = await desk.as(staff).queue.claimNext({});
      if (result.state === "work") return result;
      throw new Error(`the queue is empty: ${result.reason}`);
    },
    async involve(staff, caseId, how, round = "any") {
      await run(
        desk.owner,
        sql`insert into app.involvement (case_id, staff_id, cycle, round, how)
            values (${caseId}, ${staff.id}, 1, ${round}, ${how})`,
      );
    },
  };
}

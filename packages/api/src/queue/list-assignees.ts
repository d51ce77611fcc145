import { assignees } from "@secondlook/db/queue/assignees";
import { procedure } from "../core/trpc.ts";
import { assigneesOutput } from "../schemas/routing.ts";

/** Whom a lead may give a case to. */
export const listAssignees = procedure
  .meta({
    permission: "queue.route",
    records: { none: "names and scopes of colleagues, nothing about a person verified" },
  })
  .output(assigneesOutput)
  .query(async ({ ctx }) => ({
    people: (await assignees(ctx.deps.db))
      .filter(({ staffId }) => staffId !== ctx.staff.id)
      .map(({ regions, languages, skills, ...person }) => ({
        ...person,
        regions: regions === null ? null : [...regions],
        languages: languages === null ? null : [...languages],
        skills: [...skills],
      })),
  }));

import { appRouter } from "@secondlook/api/app-router";
import { isEventKind } from "@secondlook/audit/event";
import { PERMISSIONS } from "@secondlook/domain/access/roles";
import { z } from "zod";

const definitionSchema = z.object({
  type: z.enum(["query", "mutation", "subscription"]),
  meta: z
    .object({
      permission: z.enum(PERMISSIONS),
      records: z.union([
        z.array(z.string().refine(isEventKind)).min(1),
        z.object({ none: z.string().min(1) }),
      ]),
    })
    .optional(),
});

/** One procedure of the router: its path, and what it declares. */
export type ListedProcedure = z.output<typeof definitionSchema> & { readonly path: string };

/** Every procedure of the real router, as it is at run time: flat, by path. */
export function listProcedures(): readonly ListedProcedure[] {
  return Object.entries<unknown>(appRouter._def.procedures).map(([path, procedure]) => {
    // A procedure is a function that carries its definition.
    if (typeof procedure !== "function" || !("_def" in procedure)) {
      throw new Error(`${path} is not a procedure.`);
    }
    return { path, ...definitionSchema.parse(procedure._def) };
  });
}

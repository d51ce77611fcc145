import { can, PERMISSIONS } from "@secondlook/domain/access/roles";
import { openProcedure } from "../core/trpc.ts";
import { meOutput } from "../schemas/session.ts";

/** Who is signed in, and what the console may offer them. */
export const me = openProcedure
  .meta({
    permission: "open",
    records: { none: "one's own account, nothing about a person under review" },
  })
  .output(meOutput)
  .query(({ ctx }) => {
    const { staff } = ctx;
    return {
      account:
        staff === null
          ? null
          : {
              id: staff.id,
              handle: staff.handle,
              displayName: staff.displayName,
              role: staff.role,
            },
      permissions: PERMISSIONS.filter((name) => can(staff?.role ?? "nobody", name).allowed),
      demo: ctx.deps.demo,
    };
  });

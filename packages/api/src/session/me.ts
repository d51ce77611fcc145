import type { Database } from "@secondlook/db/database";
import { findPreferences } from "@secondlook/db/staff/preferences";
import { can, PERMISSIONS } from "@secondlook/domain/access/roles";
import { openProcedure } from "../core/trpc.ts";
import { meOutput, type Preferences, preferencesSchema } from "../schemas/session.ts";

const NOTHING_CHOSEN: Preferences = { keys: {}, tourDone: false };

/** What was kept by another version, and has no meaning in this one, counts as not chosen. */
async function preferencesOf(db: Database, staffId: string): Promise<Preferences> {
  const kept = preferencesSchema.safeParse(await findPreferences(db, staffId));
  return kept.success ? kept.data : NOTHING_CHOSEN;
}

/** Who is signed in, and what the console may offer them. */
export const me = openProcedure
  .meta({
    permission: "open",
    records: { none: "one's own account, nothing about a person under review" },
  })
  .output(meOutput)
  .query(async ({ ctx }) => {
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
      preferences: staff === null ? NOTHING_CHOSEN : await preferencesOf(ctx.deps.db, staff.id),
      permissions: PERMISSIONS.filter((name) => can(staff?.role ?? "nobody", name).allowed),
      demo: ctx.deps.demo,
    };
  });

import { z } from "zod";
import { PERMISSIONS, STAFF_ROLES } from "@secondlook/domain/access/roles";

const accountSchema = z.object({
  id: z.string(),
  handle: z.string(),
  displayName: z.string(),
  role: z.enum(STAFF_ROLES),
});

/** How one likes to work; of no person under review. */
export const preferencesSchema = z.strictObject({
  /** Keys in place of the usual ones, by the name of what they do. */
  keys: z
    .record(z.string().regex(/^[a-z0-9_]{1,40}$/), z.string().min(1).max(20))
    .refine((keys) => Object.keys(keys).length <= 200, { error: "These are too many keys." }),
  /** The tour of the workbench was seen or sent away. */
  tourDone: z.boolean(),
});
export type Preferences = z.infer<typeof preferencesSchema>;

export const meOutput = z.object({
  account: accountSchema.nullable(),
  preferences: preferencesSchema,
  permissions: z.array(z.enum(PERMISSIONS)),
  /** Demo mode offers its accounts at sign-in. */
  demo: z.boolean(),
});

/** `POST /auth/demo`, only in demo mode. */
export const demoSignInSchema = z.strictObject({ account: z.string().max(64) });
/** `POST /auth/link`, with the token of a one-time link. */
export const linkSignInSchema = z.strictObject({ token: z.string().max(200) });
/** What `GET /auth/demo` answers, only in demo mode. */
export const demoAccountsSchema = z.object({ accounts: z.array(accountSchema.omit({ id: true })) });

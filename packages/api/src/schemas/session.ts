import { z } from "zod";
import { PERMISSIONS, STAFF_ROLES } from "@secondlook/domain/access/roles";

const accountSchema = z.object({
  id: z.string(),
  handle: z.string(),
  displayName: z.string(),
  role: z.enum(STAFF_ROLES),
});

export const meOutput = z.object({
  account: accountSchema.nullable(),
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

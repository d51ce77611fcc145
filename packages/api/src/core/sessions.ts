import { findSession, touchSession } from "@secondlook/db/staff/sessions";
import type { Staff } from "./context.ts";
import type { Deps } from "./deps.ts";

/** A session ends 30 minutes after the last request, and 12 hours after sign-in whatever happens. */
export const IDLE_MINUTES = 30;
export const SESSION_HOURS = 12;

/** Seen at most this often, so that reading a case doesn't write a session row at every request. */
const TOUCH_SECONDS = 60;

/**
 * Who sends this request; null without a live session. `unseen` asks without counting as something
 * that the person did, so that a page which listens by itself keeps nobody signed in.
 */
export async function staffOf(
  deps: Deps,
  request: Request,
  options: { readonly unseen?: boolean } = {},
): Promise<Staff | null> {
  const token = deps.session.read(request);
  if (token === undefined) return null;
  const hash = await deps.vault.keyedHash("session", token);
  const session = await findSession(deps.db, { hash, idleMinutes: IDLE_MINUTES });
  if (session === undefined) return null;
  if (options.unseen !== true && session.idleSeconds >= TOUCH_SECONDS) {
    await touchSession(deps.db, session.staff.sessionId);
  }
  return session.staff;
}

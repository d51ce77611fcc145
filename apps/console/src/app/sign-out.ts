import { problemOf } from "../lib/problem.ts";
import { api } from "../lib/trpc.ts";

/**
 * Ends the session and with it one's leases; drafts stay. The page is loaded anew, so that nothing
 * of a case stays in memory.
 */
export async function signOut(): Promise<void> {
  try {
    await api.session.signOut.mutate();
  } catch (error) {
    if (problemOf(error).kind !== "refused") throw error;
  }
  globalThis.location.assign("/sign-in");
}

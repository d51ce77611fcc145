import { STAFF_ROLES, type StaffRole } from "@secondlook/domain/access/roles";
import { askPlain, PlainHttpError } from "../../lib/plain-http.ts";

export interface DemoAccount {
  readonly handle: string;
  readonly displayName: string;
  readonly role: StaffRole;
}

/** The accounts that demo mode offers; null where this server is not a demo. */
export async function demoAccounts(): Promise<DemoAccount[] | null> {
  try {
    return accountsOf(await askPlain("/auth/demo"));
  } catch (error) {
    if (error instanceof PlainHttpError && error.status === 404) return null;
    throw error;
  }
}

/** Starts a session as one of the demo's accounts. */
export async function signInDemo(handle: string): Promise<void> {
  await askPlain("/auth/demo", { account: handle });
}

/** Starts a session by a one-time link. */
export async function signInByLink(token: string): Promise<void> {
  await askPlain("/auth/link", { token });
}

function accountsOf(answer: unknown): DemoAccount[] {
  const list =
    typeof answer === "object" && answer !== null && "accounts" in answer ? answer.accounts : null;
  if (!Array.isArray(list)) throw new Error("the list of demo accounts is not one");
  return list.flatMap((each: unknown) => {
    if (typeof each !== "object" || each === null) return [];
    if (!("handle" in each && "displayName" in each && "role" in each)) return [];
    const { handle, displayName } = each;
    const role = STAFF_ROLES.find((known) => known === each.role);
    if (typeof handle !== "string" || typeof displayName !== "string") return [];
    return role === undefined ? [] : [{ handle, displayName, role }];
  });
}

import { redirect, type LoaderFunctionArgs, useRouteLoaderData } from "react-router";
import type { Account, Me } from "../lib/contract.ts";
import { preferences } from "../lib/preferences.ts";
import { sessionEnded } from "../lib/session-ended.ts";
import { queryClient, trpc } from "../lib/trpc.ts";

export interface SignedIn {
  readonly account: Account;
  readonly permissions: Me["permissions"];
}

/** Who is signed in; asked once, until somebody else signs in. */
export function whoIsThere(): Promise<Me> {
  return queryClient.query(trpc.session.me.queryOptions(undefined, { staleTime: "static" }));
}

/** The shell's loader: whoever is not signed in goes to sign in and comes back. */
export async function loadShell({
  request,
}: Pick<LoaderFunctionArgs, "request">): Promise<SignedIn | Response> {
  const { account, permissions, preferences: kept } = await whoIsThere();
  preferences.load(kept);
  if (account === null) {
    const { pathname, search } = new URL(request.url);
    const back = pathname === "/" ? "" : `?back=${encodeURIComponent(pathname + search)}`;
    return redirect(`/sign-in${back}`);
  }
  return { account, permissions };
}

/** Who is signed in, below the shell. */
export function useSignedIn(): SignedIn {
  const data = useRouteLoaderData<typeof loadShell>("shell");
  if (data === undefined || data instanceof Response) {
    throw new Error("this is shown below the shell only");
  }
  return data;
}

/** After signing in: whoever it was before is somebody else now. */
export function forgetWho(): void {
  sessionEnded.set(false);
  queryClient.clear();
}

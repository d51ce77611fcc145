import { listAccounts } from "@secondlook/db/staff/sign-in";
import { Hono } from "hono";
import type { Deps } from "../core/deps.ts";
import { readJson } from "../core/http.ts";
import { demoAccountsSchema, demoSignInSchema, linkSignInSchema } from "../schemas/session.ts";
import { signInByLink, signInDemo, type StartedSession } from "./sign-in.ts";

/** Sign-in over plain HTTP; every other act of a session is a procedure. */
export function sessionRoutes(deps: Deps): Hono {
  const routes = new Hono();

  routes.get("/auth/demo", async (c) => {
    if (!deps.demo) return c.notFound();
    const accounts = await listAccounts(deps.db);
    return c.json(demoAccountsSchema.parse({ accounts }));
  });

  routes.post("/auth/demo", async (c) => {
    if (!deps.demo) return c.notFound();
    const { account } = await readJson(c, demoSignInSchema);
    return signedIn(deps, await signInDemo(deps, account));
  });

  routes.post("/auth/link", async (c) => {
    const { token } = await readJson(c, linkSignInSchema);
    return signedIn(deps, await signInByLink(deps, token));
  });

  return routes;
}

function signedIn(deps: Deps, session: StartedSession): Response {
  const headers = new Headers({ "cache-control": "no-store" });
  deps.session.write(headers, session.token, session.expiresAt);
  const { id, handle, displayName, role } = session.account;
  return Response.json({ account: { id, handle, displayName, role } }, { headers });
}

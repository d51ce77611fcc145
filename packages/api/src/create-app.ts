import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { Hono } from "hono";
import { newId } from "@secondlook/domain/ids";
import { appRouter } from "./app-router.ts";
import type { Context } from "./core/context.ts";
import type { Deps } from "./core/deps.ts";
import { createRecorder } from "./core/recorder.ts";
import { refuseCrossSite } from "./core/cross-site.ts";
import { staffOf } from "./core/sessions.ts";

/** The whole API as one web-standard handler: behind Node's HTTP, and behind MSW in mock mode. */
export function createApp(deps: Deps): { fetch: (request: Request) => Promise<Response> } {
  const app = new Hono();
  app.use("*", refuseCrossSite);
  app.all("/trpc/*", async (c) => {
    const context = await contextOf(deps, c.req.raw);
    const response = await fetchRequestHandler({
      endpoint: "/trpc",
      req: c.req.raw,
      router: appRouter,
      createContext: () => context,
      responseMeta: () => ({ headers: { "cache-control": "no-store" } }),
      onError({ error, path }) {
        if (error.code !== "INTERNAL_SERVER_ERROR") return;
        deps.log.error(
          { path: path ?? "", request: context.requestId },
          "a procedure failed",
          error,
        );
      },
    });
    const headers = new Headers(response.headers);
    for (const [name, value] of context.responseHeaders) headers.append(name, value);
    return new Response(response.body, { status: response.status, headers });
  });
  return { fetch: async (request) => app.fetch(request) };
}

/** The context of one request: who sends it, its id, and its own recorder. */
export async function contextOf(deps: Deps, request: Request): Promise<Context> {
  const staff = await staffOf(deps, request);
  const requestId = newId("request", deps.random);
  const recorder = createRecorder(
    deps,
    staff === null
      ? { id: "usr_unknown", role: "none", request: requestId }
      : { id: staff.id, role: staff.role, session: staff.sessionId, request: requestId },
  );
  return { deps, staff, requestId, recorder, responseHeaders: new Headers() };
}

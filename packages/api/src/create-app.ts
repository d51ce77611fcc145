import { fetchRequestHandler } from "@trpc/server/adapters/fetch";
import { Hono } from "hono";
import { except } from "hono/combine";
import { appRouter } from "./app-router.ts";
import { limitBody } from "./core/body-limit.ts";
import { contextOf } from "./core/context-of.ts";
import type { Deps } from "./core/deps.ts";
import { refuseCrossSite } from "./core/cross-site.ts";
import { Refusal } from "./core/refusal.ts";
import { ingestRoutes } from "./ingest/routes.ts";
import { liveRoutes } from "./live/routes.ts";
import { mediaRoutes } from "./media/routes.ts";
import { sessionRoutes } from "./session/routes.ts";

/** The longest body here is a draft: under 100 kB, however its letters are escaped. */
const MAX_JSON_BYTES = 256 * 1024;

/** The whole API as one web-standard handler: behind Node's HTTP, and behind MSW in mock mode. */
export function createApp(deps: Deps): Hono {
  const app = new Hono();
  app.use("*", refuseCrossSite);
  // Evidence is read by its own routes, within a limit of their own and only for those who have a key.
  app.use("*", except(["/v1/cases", "/v1/cases/*"], limitBody(MAX_JSON_BYTES)));
  app.route("/", sessionRoutes(deps));
  app.route("/", liveRoutes(deps));
  app.route("/", mediaRoutes(deps));
  app.route("/", ingestRoutes(deps));
  app.all("/trpc/*", (c) => answerProcedure(deps, c.req.raw));
  app.notFound((c) => c.json({ message: "There is nothing at this address." }, 404));
  app.onError((error, c) => {
    const headers = { "cache-control": "no-store" };
    if (error instanceof Refusal) {
      return c.json({ refusal: error.code, message: error.message }, error.status, headers);
    }
    deps.log.error({ path: c.req.routePath }, "a route failed", error);
    return c.json(
      { message: "Something went wrong on our side. Nothing was changed; try again." },
      500,
      headers,
    );
  });
  return app;
}

async function answerProcedure(deps: Deps, request: Request): Promise<Response> {
  const context = await contextOf(deps, request);
  const response = await fetchRequestHandler({
    endpoint: "/trpc",
    req: request,
    router: appRouter,
    createContext: () => context,
    allowBatching: false,
    responseMeta: () => ({ headers: new Headers({ "cache-control": "no-store" }) }),
    onError({ error, path }) {
      if (error.code !== "INTERNAL_SERVER_ERROR") return;
      deps.log.error({ path: path ?? "", request: context.requestId }, "a procedure failed", error);
    },
  });
  const headers = new Headers(response.headers);
  for (const [name, value] of context.responseHeaders) headers.append(name, value);
  return new Response(response.body, { status: response.status, headers });
}

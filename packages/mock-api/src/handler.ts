import { http, passthrough, type HttpHandler } from "msw";

/** The addresses that the API answers; everything else is the console's own files. */
const API = /^\/(?:trpc|auth|live|media|v1)\//;

/** One handler for everything, in a page and in Node: requests for the API go to it, as they are. */
export function mockHandler(world: { fetch(request: Request): Promise<Response> }): HttpHandler {
  return http.all("*", async ({ request }) =>
    API.test(new URL(request.url).pathname) ? world.fetch(request) : passthrough(),
  );
}

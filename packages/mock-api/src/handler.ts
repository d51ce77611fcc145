import { http, passthrough, type HttpHandler } from "msw";
import { API_ADDRESSES } from "./api-addresses.ts";

/** One handler for everything, in a page and in Node: requests for the API go to it, as they are. */
export function mockHandler(world: { fetch(request: Request): Promise<Response> }): HttpHandler {
  return http.all("*", async ({ request }) =>
    API_ADDRESSES.test(new URL(request.url).pathname) ? world.fetch(request) : passthrough(),
  );
}

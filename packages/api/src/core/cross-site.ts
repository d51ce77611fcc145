import type { MiddlewareHandler } from "hono";

/**
 * Refuses what another site makes a browser send. The cookie is SameSite=Lax; this closes what Lax
 * leaves open, and keeps foreign pages from spending reads, which are events of a named person.
 */
export const refuseCrossSite: MiddlewareHandler = async (c, next) => {
  const site = c.req.header("sec-fetch-site");
  const origin = c.req.header("origin");
  const foreign =
    site === "cross-site" ||
    site === "same-site" ||
    (origin !== undefined && origin !== "null" && new URL(origin).host !== c.req.header("host"));
  if (foreign || origin === "null") {
    return c.json({ message: "This request came from another site and was refused." }, 403);
  }
  await next();
};

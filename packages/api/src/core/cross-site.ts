import type { MiddlewareHandler } from "hono";

/**
 * Refuses what another site makes a browser send. The cookie is SameSite=Lax; this closes what Lax
 * leaves open, and keeps foreign pages from spending reads, which are events of a named person.
 * Upstream systems send neither header.
 */
export const refuseCrossSite: MiddlewareHandler = async (c, next) => {
  const site = c.req.header("sec-fetch-site");
  const origin = c.req.header("origin");
  if (site === "cross-site" || site === "same-site" || !isOwn(origin, c.req.header("host"))) {
    return c.json({ message: "This request came from another site and was refused." }, 403);
  }
  return next();
};

/** Without an Origin there is nothing to compare; `null` is a sandboxed or redirected page. */
function isOwn(origin: string | undefined, host: string | undefined): boolean {
  return origin === undefined || (URL.canParse(origin) && new URL(origin).host === host);
}

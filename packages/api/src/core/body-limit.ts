import type { Context as HonoContext, MiddlewareHandler } from "hono";

/**
 * Reads the body of a request before anything else does, up to `maxBytes`: a JSON parser reads all that
 * is sent, and that before anybody is known to be signed in. A longer one is answered 413 unread.
 */
export function limitBody(maxBytes: number): MiddlewareHandler {
  return async (c, next) => {
    const { raw } = c.req;
    if (raw.method === "GET" || raw.method === "HEAD" || raw.body === null) return next();
    if (Number(raw.headers.get("content-length")) > maxBytes) return tooLong(c, maxBytes);
    const body = await readUpTo(raw.body, maxBytes);
    if (body === undefined) return tooLong(c, maxBytes);
    const { method, headers, signal } = raw;
    c.req.raw = new Request(raw.url, { method, headers, signal, body });
    return next();
  };
}

/** Undefined where there is more; what is left of it is not read. */
async function readUpTo(
  stream: ReadableStream<Uint8Array>,
  maxBytes: number,
): Promise<Blob | undefined> {
  const reader = stream.getReader();
  const chunks: Uint8Array<ArrayBuffer>[] = [];
  let length = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return new Blob(chunks);
    length += value.length;
    if (length > maxBytes) {
      await reader.cancel().catch(() => undefined);
      return undefined;
    }
    chunks.push(new Uint8Array(value));
  }
}

function tooLong(c: HonoContext, maxBytes: number): Response {
  const message = `The body is over ${Math.round(maxBytes / 1024)} kB, more than this address takes.`;
  return c.json({ message }, 413, { "cache-control": "no-store", connection: "close" });
}

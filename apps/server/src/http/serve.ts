import { createAdaptorServer } from "@hono/node-server";
import type { Server } from "node:http";
import { StopError } from "../config/stop-error.ts";
import type { ConsoleFiles } from "./console-files.ts";

/** The one port: the API, the console, and the operators' addresses. */
export interface HttpServer {
  readonly url: string;
  /** Takes no more requests and resolves when those under way are answered, 10 s at most. */
  drain(): Promise<void>;
}

export interface HttpParts {
  readonly api: (request: Request) => Response | Promise<Response>;
  readonly console: ConsoleFiles;
  readonly operations: (request: Request) => Promise<Response | undefined>;
  /** In demo mode only these names are answered: a foreign name that points here is refused. */
  readonly loopbackOnly: boolean;
  readonly secure: boolean;
}

const DRAIN_MS = 10_000;
const LOOPBACK_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/;

/** Listens. Throws StopError where the port is taken or may not be used. */
export async function serve(
  parts: HttpParts,
  at: { readonly host: string; readonly port: number },
): Promise<HttpServer> {
  const server = createAdaptorServer({
    // Header and idle limits: a slow or huge request head costs a connection, not the server.
    serverOptions: {
      maxHeaderSize: 16_384,
      headersTimeout: 15_000,
      requestTimeout: 300_000,
      keepAliveTimeout: 65_000,
    },
    overrideGlobalObjects: false,
    fetch: async (request) => secured(await answer(parts, request), parts.secure),
  });
  if (!("closeIdleConnections" in server)) throw new Error("an HTTP/1 server was expected");
  await listen(server, at);
  const address = server.address();
  const port = typeof address === "object" && address !== null ? address.port : at.port;
  const host = at.host.includes(":") ? `[${at.host}]` : at.host;
  return {
    url: `http://${host}:${port}`,
    drain: () => drain(server),
  };
}

async function answer(parts: HttpParts, request: Request): Promise<Response> {
  if (parts.loopbackOnly && !LOOPBACK_HOST.test(request.headers.get("host") ?? "")) {
    return new Response("This demo answers on this machine's own name only.\n", { status: 421 });
  }
  return (await parts.operations(request)) ?? parts.console(request) ?? (await parts.api(request));
}

/** Headers that every answer carries. */
function secured(response: Response, secure: boolean): Response {
  const { headers } = response;
  headers.set("x-content-type-options", "nosniff");
  headers.set("referrer-policy", "no-referrer");
  headers.set("cross-origin-opener-policy", "same-origin");
  if (!headers.has("cross-origin-resource-policy"))
    headers.set("cross-origin-resource-policy", "same-origin");
  headers.set("permissions-policy", "camera=(), microphone=(), geolocation=(), interest-cohort=()");
  headers.set("x-frame-options", "DENY");
  if (!headers.has("content-security-policy"))
    headers.set("content-security-policy", "default-src 'none'; frame-ancestors 'none'");
  if (!headers.has("cache-control")) headers.set("cache-control", "no-store");
  if (secure) headers.set("strict-transport-security", "max-age=31536000");
  return response;
}

function listen(
  server: Server,
  at: { readonly host: string; readonly port: number },
): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => {
      if (error.code === "EADDRINUSE") {
        reject(
          new StopError(
            `Port ${at.port} on ${at.host} is in use; stop what uses it or choose another with PORT.`,
          ),
        );
      } else if (error.code === "EACCES") {
        reject(
          new StopError(
            `Port ${at.port} may not be used by this user; choose one above 1023 with PORT.`,
          ),
        );
      } else if (error.code === "EADDRNOTAVAIL" || error.code === "ENOTFOUND") {
        reject(
          new StopError(
            `${at.host} is not an address of this machine; change HOST or leave it out.`,
          ),
        );
      } else {
        reject(error);
      }
    });
    server.listen(at.port, at.host, resolve);
  });
}

function drain(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
    server.close(() => {
      clearTimeout(late);
      resolve();
    });
    server.closeIdleConnections();
  });
}

import { getRequestListener } from "@hono/node-server";
import { createServer, type Server, type ServerResponse } from "node:http";
import type { OperationalLog } from "@secondlook/api/deps";
import { StopError } from "../config/stop-error.ts";
import type { ConsoleFiles } from "./console-files.ts";
import { SECURITY_HEADERS } from "./security-headers.ts";

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
  /** Whether people reach the console over TLS. */
  readonly secure: boolean;
  readonly log: OperationalLog;
}

const DRAIN_MS = 10_000;
const SWEEP_MS = 50;
const LOOPBACK_HOST = /^(localhost|127\.0\.0\.1|\[::1\])(:\d+)?$/i;

/** Listens. Throws StopError where the port is taken or may not be used. */
export async function serve(
  parts: HttpParts,
  at: { readonly host: string; readonly port: number },
): Promise<HttpServer> {
  const listener = getRequestListener((request) => answer(parts, request), {
    // This library's own Response hands bytes to the socket as they are; the built-in one copies
    // them twice on the way.
    overrideGlobalObjects: true,
    // Before a request can be read: a broken Host or address. What a handler throws ends here too.
    errorHandler: (error) => refuse(parts, error),
  });
  const server = createServer(
    // Header and idle limits: a slow or huge request head costs a connection, not the server.
    {
      maxHeaderSize: 16_384,
      headersTimeout: 15_000,
      requestTimeout: 300_000,
      keepAliveTimeout: 65_000,
    },
    (incoming, outgoing) => {
      // On the response itself, so that every answer has them, whoever makes it.
      setHeaders(outgoing, parts.secure);
      void listener(incoming, outgoing);
    },
  );
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

function refuse(parts: HttpParts, error: unknown): Response {
  if (error instanceof Error && error.name === "RequestError") {
    return new Response("This is not an address or a host that can be read.\n", { status: 400 });
  }
  parts.log.error({}, "a request failed before any route took it", error);
  return Response.json(
    { message: "Something went wrong on our side. Nothing was changed; try again." },
    { status: 500 },
  );
}

function setHeaders(outgoing: ServerResponse, secure: boolean): void {
  for (const [name, value] of SECURITY_HEADERS) outgoing.setHeader(name, value);
  if (secure) outgoing.setHeader("strict-transport-security", "max-age=31536000");
}

function listen(
  server: Server,
  at: { readonly host: string; readonly port: number },
): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once("error", (error: NodeJS.ErrnoException) => reject(listenFault(error, at)));
    server.listen(at.port, at.host, resolve);
  });
}

function listenFault(
  error: NodeJS.ErrnoException,
  { host, port }: { readonly host: string; readonly port: number },
): Error {
  if (error.code === "EADDRINUSE") {
    return new StopError(
      `Port ${port} on ${host} is in use; stop what uses it or choose another with PORT.`,
      { cause: error },
    );
  }
  if (error.code === "EACCES") {
    return new StopError(
      `Port ${port} may not be used by this user; choose one above 1023 with PORT.`,
      { cause: error },
    );
  }
  if (error.code === "EADDRNOTAVAIL" || error.syscall === "getaddrinfo") {
    return new StopError(
      `${host} is not an address of this machine; change HOST or leave it out.`,
      { cause: error },
    );
  }
  return error;
}

function drain(server: Server): Promise<void> {
  return new Promise((resolve) => {
    const late = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
    // A connection that was busy when the server closed stays open after its answer, for another
    // request that will not be taken.
    const sweep = setInterval(() => server.closeIdleConnections(), SWEEP_MS);
    server.close(() => {
      clearTimeout(late);
      clearInterval(sweep);
      resolve();
    });
    server.closeIdleConnections();
  });
}

import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { msw } from "msw/vite";
import type { IncomingMessage, ServerResponse } from "node:http";
import { fileURLToPath } from "node:url";
import type { HtmlTagDescriptor, Plugin } from "vite";
import { DATA_ADDRESS, DATABASE_FILE, INDEX_FILE } from "../mock-data.ts";
import { ensureData } from "./ensure-data.ts";
import { pageBundle } from "./page-bundle.ts";

/** The database is one large file. */
const CHUNK = 1 << 20;

/** Serves mock mode from Vite: its data, its worker, and its entry in the place of the console's. */
export function mockMode(options: {
  readonly entry: { readonly from: string; readonly to: string };
  readonly progress: (done: number, of: number, what: string) => void;
}): Plugin[] {
  const { from, to } = options.entry;
  return [
    msw({ mode: "worker-only" }),
    pageBundle(),
    {
      name: "secondlook-mock",
      apply: "serve",
      transformIndexHtml: {
        order: "pre",
        handler: (html) => ({ html: html.replace(from, to), tags: preloads() }),
      },
      async configureServer(server) {
        const folder = await ensureData(options.progress);
        server.middlewares.use((request, response, next) => {
          const path = new URL(request.url ?? "/", "http://localhost").pathname;
          const asked = path.startsWith(DATA_ADDRESS) ? path.slice(DATA_ADDRESS.length) : undefined;
          if (asked === undefined) return next();
          void sendFile(
            join(folder, asked),
            /^\w[\w.-]*(\/\w[\w.-]*)?$/.test(asked),
            request,
            response,
          );
        });
      },
    },
  ];
}

/** What a page needs before it can answer comes while its modules do, and not after them. */
function preloads(): HtmlTagDescriptor[] {
  const pglite = fileURLToPath(new URL(".", import.meta.resolve("@electric-sql/pglite")));
  return [
    `${DATA_ADDRESS}${INDEX_FILE}`,
    `${DATA_ADDRESS}${DATABASE_FILE}`,
    `/@fs${pglite}pglite.wasm`,
    `/@fs${pglite}pglite.data`,
  ].map((href) => ({
    tag: "link",
    attrs: { rel: "preload", as: "fetch", crossorigin: "anonymous", href },
    injectTo: "head-prepend",
  }));
}

async function sendFile(
  path: string,
  isSafe: boolean,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const found = isSafe ? await stat(path).catch(() => undefined) : undefined;
  if (found?.isFile() !== true) {
    response.writeHead(404).end();
    return;
  }
  // A browser keeps the file and asks only whether it is still the same.
  const etag = `"${found.ino.toString(36)}-${found.mtimeMs.toString(36)}-${found.size.toString(36)}"`;
  const headers = { etag, "cache-control": "no-cache" };
  if (request.headers["if-none-match"] === etag) {
    response.writeHead(304, headers).end();
    return;
  }
  response.writeHead(200, {
    ...headers,
    "content-type": "application/octet-stream",
    "content-length": found.size,
  });
  createReadStream(path, { highWaterMark: CHUNK }).pipe(response);
}

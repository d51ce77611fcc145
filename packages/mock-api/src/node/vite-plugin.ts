import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { msw } from "msw/vite";
import type { IncomingMessage, ServerResponse } from "node:http";
import { fileURLToPath } from "node:url";
import type { HtmlTagDescriptor, Plugin } from "vite";
import { API_ADDRESSES, WORKER_ADDRESS } from "../api-addresses.ts";
import { INDEX_FILE } from "../mock-data.ts";
import { DATA_ADDRESS } from "../start-database.ts";
import { ensureData } from "./ensure-data.ts";
import { pageBundle, SERVED_DATABASE } from "./page-bundle.ts";

/** The database is one large file. */
const CHUNK = 1 << 20;

/**
 * MSW's worker, for the API's addresses only. It would else carry each of a page's hundreds of files,
 * and ask the page that is going away for those of the one that comes.
 */
const WORKER = `addEventListener("fetch", (event) => {
  if (!${API_ADDRESSES.toString()}.test(new URL(event.request.url).pathname)) event.stopImmediatePropagation();
});
importScripts("/mockServiceWorker.js");
`;

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
        handler: (html, { originalUrl = "" }) => ({
          html: html.replace(from, to),
          tags: originalUrl.startsWith("/mock/") ? [] : firstOfAll(),
        }),
      },
      async configureServer(server) {
        const folder = await ensureData(options.progress);
        server.middlewares.use((request, response, next) => {
          const path = new URL(request.url ?? "/", "http://localhost").pathname;
          if (path === WORKER_ADDRESS) {
            response.writeHead(200, {
              "content-type": "text/javascript",
              "cache-control": "no-cache",
            });
            response.end(WORKER);
            return;
          }
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

/** What a page needs before it can answer comes and starts while its modules come, and not after them. */
function firstOfAll(): HtmlTagDescriptor[] {
  const pglite = fileURLToPath(new URL(".", import.meta.resolve("@electric-sql/pglite")));
  const preloads: HtmlTagDescriptor[] = [
    `${DATA_ADDRESS}${INDEX_FILE}`,
    `/@fs${pglite}pglite.wasm`,
    `/@fs${pglite}pglite.data`,
  ].map((href) => ({
    tag: "link",
    attrs: { rel: "preload", as: "fetch", crossorigin: "anonymous", href },
    injectTo: "head-prepend",
  }));
  const database: HtmlTagDescriptor = {
    tag: "script",
    attrs: { type: "module", async: true, src: SERVED_DATABASE },
    injectTo: "head-prepend",
  };
  return [...preloads, database];
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

import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { extname, join } from "node:path";
import { msw } from "msw/vite";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { HtmlTagDescriptor, Plugin } from "vite";
import { DATA_ADDRESS, DATABASE_FILE, INDEX_FILE } from "../mock-data.ts";
import { ensureData } from "./ensure-data.ts";
import { PGLITE_PARTS, pageCode, pgliteFile } from "./page-code.ts";

/** The database is one large file. */
const CHUNK = 1 << 20;
const TYPES: Readonly<Record<string, string>> = {
  ".js": "text/javascript",
  ".wasm": "application/wasm",
};

/** Serves mock mode from Vite: its data, its worker, and its entry in the place of the console's. */
export function mockMode(options: {
  readonly entry: { readonly from: string; readonly to: string };
  readonly progress: (done: number, of: number, what: string) => void;
}): Plugin[] {
  const { from, to } = options.entry;
  return [
    msw({ mode: "worker-only" }),
    pageCode(),
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
          const isSafe = /^\w[\w.-]*(\/\w[\w.-]*)?$/.test(asked);
          const file = pgliteFile(path) ?? (isSafe ? join(folder, asked) : undefined);
          void sendFile(file, request, response);
        });
      },
    },
  ];
}

/** What a page needs before it can answer comes while its modules do, and not after them. */
function preloads(): HtmlTagDescriptor[] {
  const data = [INDEX_FILE, DATABASE_FILE].map((file) => DATA_ADDRESS + file);
  return [...data, ...PGLITE_PARTS].map((href) => ({
    tag: "link",
    attrs: { rel: "preload", as: "fetch", crossorigin: "anonymous", href },
    injectTo: "head-prepend",
  }));
}

async function sendFile(
  path: string | undefined,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const found = path === undefined ? undefined : await stat(path).catch(() => undefined);
  if (path === undefined || found?.isFile() !== true) {
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
    "content-type": TYPES[extname(path)] ?? "application/octet-stream",
    "content-length": found.size,
  });
  createReadStream(path, { highWaterMark: CHUNK }).pipe(response);
}

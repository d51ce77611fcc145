import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { join } from "node:path";
import { msw } from "msw/vite";
import type { ServerResponse } from "node:http";
import type { Plugin } from "vite";
import { DATA_ADDRESS } from "../mock-data.ts";
import { ensureData } from "./ensure-data.ts";
import { pageBundle } from "./page-bundle.ts";

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
        handler: (html) => html.replace(from, to),
      },
      async configureServer(server) {
        const folder = await ensureData(options.progress);
        server.middlewares.use((request, response, next) => {
          const path = new URL(request.url ?? "/", "http://localhost").pathname;
          const asked = path.startsWith(DATA_ADDRESS) ? path.slice(DATA_ADDRESS.length) : undefined;
          if (asked === undefined) return next();
          void sendFile(join(folder, asked), /^\w[\w.-]*(\/\w[\w.-]*)?$/.test(asked), response);
        });
      },
    },
  ];
}

async function sendFile(path: string, isSafe: boolean, response: ServerResponse): Promise<void> {
  const found = isSafe ? await stat(path).catch(() => undefined) : undefined;
  if (found?.isFile() !== true) {
    response.writeHead(404).end();
    return;
  }
  response.writeHead(200, {
    "content-type": "application/octet-stream",
    "content-length": found.size,
    "cache-control": "no-cache",
  });
  createReadStream(path).pipe(response);
}

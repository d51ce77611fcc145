import type { ServerResponse } from "node:http";
import { fileURLToPath } from "node:url";
import { stripVTControlCharacters } from "node:util";
import { build, type Plugin } from "vite";
import { DATA_ADDRESS, PGLITE_ADDRESS } from "../mock-data.ts";

/** What the console's mock mode imports of this package. */
const ENTRIES = {
  "@secondlook/mock-api/in-page": "../in-page.ts",
  "@secondlook/mock-api/all-scenarios": "../scenarios/all-scenarios.ts",
} as const;
/** It finds its WebAssembly beside itself, so it stays a module of its own. */
const PGLITE = "@electric-sql/pglite";
const PGLITE_FOLDER = new URL(".", import.meta.resolve(PGLITE));
const CODE_ADDRESS = `${DATA_ADDRESS}code/`;

/** PGlite's own large files, which a page asks for in any case. */
export const PGLITE_PARTS: readonly string[] = ["pglite.wasm", "pglite.data"].map(
  (name) => PGLITE_ADDRESS + name,
);

/** The path of one of PGlite's files on disk; undefined for any other address. */
export function pgliteFile(address: string): string | undefined {
  const name = address.startsWith(PGLITE_ADDRESS) ? address.slice(PGLITE_ADDRESS.length) : "";
  return /^[\w-][\w.-]*$/.test(name) ? fileURLToPath(new URL(name, PGLITE_FOLDER)) : undefined;
}

interface Bundle {
  readonly chunks: ReadonlyMap<string, string>;
  readonly files: ReadonlySet<string>;
}

/**
 * Gives the API in the page to the browser as a few files instead of as three hundred modules, which
 * take seconds to ask for one by one. A change in any of them makes it anew and reloads the page.
 */
export function pageCode(): Plugin {
  let bundle: Promise<Bundle> | undefined;
  let files: ReadonlySet<string> = new Set();
  return {
    name: "secondlook-mock-api",
    apply: "serve",
    enforce: "pre",
    resolveId(id) {
      return id in ENTRIES ? { id: `${CODE_ADDRESS}${nameOf(id)}.js`, external: true } : undefined;
    },
    configureServer({ middlewares, watcher, environments, config }) {
      watcher.on("change", (file) => {
        if (!files.has(file)) return;
        bundle = undefined;
        environments.client.hot.send({ type: "full-reload" });
      });
      async function answer(name: string, response: ServerResponse): Promise<void> {
        const headers = { "content-type": "text/javascript", "cache-control": "no-cache" };
        try {
          bundle ??= makeBundle();
          const made = await bundle;
          files = made.files;
          watcher.add([...files]);
          const code = made.chunks.get(name);
          response.writeHead(code === undefined ? 404 : 200, headers).end(code);
        } catch (error) {
          // A slip in the API's code; the next change tries again.
          bundle = undefined;
          const message = error instanceof Error ? error.message : String(error);
          config.logger.error(message);
          environments.client.hot.send({
            type: "error",
            err: { message: stripVTControlCharacters(message), stack: "" },
          });
          response.writeHead(500, headers).end();
        }
      }
      middlewares.use((request, response, next) => {
        const { pathname } = new URL(request.url ?? "/", "http://localhost");
        if (!pathname.startsWith(CODE_ADDRESS)) return next();
        void answer(pathname.slice(CODE_ADDRESS.length), response);
      });
    },
  };
}

async function makeBundle(): Promise<Bundle> {
  const input = Object.fromEntries(
    Object.entries(ENTRIES).map(([id, path]) => [
      nameOf(id),
      fileURLToPath(new URL(path, import.meta.url)),
    ]),
  );
  const built = await build({
    configFile: false,
    logLevel: "error",
    build: {
      write: false,
      minify: false,
      target: "es2024",
      modulePreload: false,
      rolldownOptions: {
        input,
        external: [PGLITE],
        preserveEntrySignatures: "strict",
        output: {
          format: "es",
          entryFileNames: "[name].js",
          chunkFileNames: "[name].js",
          paths: { [PGLITE]: `${PGLITE_ADDRESS}index.js` },
        },
      },
    },
  });
  const chunks = new Map<string, string>();
  const files = new Set<string>();
  for (const made of Array.isArray(built) ? built : [built]) {
    if (!("output" in made)) continue;
    for (const chunk of made.output) {
      if (chunk.type !== "chunk") continue;
      chunks.set(chunk.fileName, chunk.code);
      for (const file of chunk.moduleIds) {
        if (file.startsWith("/") && !file.includes("/node_modules/")) files.add(file);
      }
    }
  }
  return { chunks, files };
}

function nameOf(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}

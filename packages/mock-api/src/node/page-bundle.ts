import { fileURLToPath } from "node:url";
import { build, type Plugin } from "vite";

/** What the console's mock mode imports of this package. */
const ENTRIES = {
  "@secondlook/mock-api/in-page": "../in-page.ts",
  "@secondlook/mock-api/all-scenarios": "../scenarios/all-scenarios.ts",
} as const;
/** It finds its WebAssembly beside itself, so it stays a module of its own. */
const PGLITE = "@electric-sql/pglite";
const PREFIX = "\0mock-api/";

interface Bundle {
  readonly chunks: ReadonlyMap<string, string>;
  readonly files: readonly string[];
}

/**
 * Gives the API in the page to the browser as a few files instead of as three hundred modules, which
 * take seconds to ask for one by one. A change in any of them makes it anew and reloads the page.
 */
export function pageBundle(): Plugin {
  let bundle: Promise<Bundle> | undefined;
  return {
    name: "secondlook-mock-api",
    apply: "serve",
    enforce: "pre",
    resolveId(id, importer) {
      if (id in ENTRIES) return `${PREFIX}${nameOf(id)}.js`;
      if (importer?.startsWith(PREFIX) !== true) return undefined;
      if (id === PGLITE) return fileURLToPath(import.meta.resolve(PGLITE));
      return id.startsWith("./") ? PREFIX + id.slice(2) : undefined;
    },
    async load(id) {
      if (!id.startsWith(PREFIX)) return undefined;
      bundle ??= makeBundle();
      const { chunks, files } = await bundle;
      for (const file of files) this.addWatchFile(file);
      return chunks.get(id.slice(PREFIX.length));
    },
    async watchChange(file) {
      if ((await bundle)?.files.includes(file) === true) bundle = undefined;
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
        output: { format: "es", entryFileNames: "[name].js", chunkFileNames: "[name].js" },
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
  return { chunks, files: [...files] };
}

function nameOf(id: string): string {
  return id.slice(id.lastIndexOf("/") + 1);
}

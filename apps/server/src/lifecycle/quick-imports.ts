import { enableCompileCache, registerHooks } from "node:module";
import { fileURLToPath } from "node:url";

const CACHE = fileURLToPath(new URL("../../../../node_modules/.cache/node", import.meta.url));
const DRIZZLE = /\/node_modules\/drizzle-orm\//;

/**
 * Makes the imports that follow quicker; a start takes half as long (1.1 s instead of 2.2 s measured).
 *
 * Node strips types and compiles some thousand modules each time, so what it made is kept; in the
 * checkout, because code that was kept in a folder open to others could be anybody's. And it parses
 * the 180 kB of drizzle-orm's package.json anew for each of its 600 modules, to learn every time that
 * they are ES modules, so its relative imports are answered here.
 */
export function quickenImports(): void {
  enableCompileCache(CACHE);
  registerHooks({
    resolve(specifier, context, next) {
      const { parentURL } = context;
      return specifier.startsWith(".") && parentURL !== undefined && DRIZZLE.test(parentURL)
        ? { url: new URL(specifier, parentURL).href, format: "module", shortCircuit: true }
        : next(specifier, context);
    },
  });
}

import { readFileSync } from "node:fs";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import type { Report } from "../../../scripts/bench-harness.ts";

const LIMIT_KB = 250;
const dist = join(import.meta.dirname, "../dist");
const assets = join(dist, "assets");

/**
 * Counts the JavaScript that the sign-in and Review routes load first, gzipped: what `index.html`
 * names, the route's own chunk, and everything those import statically. Chunks that load later
 * (dialogs) are not counted.
 */
export async function run(report: Report): Promise<void> {
  const entry = /assets\/([^"]+\.js)/.exec(readFileSync(join(dist, "index.html"), "utf8"))?.[1];
  if (entry === undefined) {
    throw new Error("Build the console first: dist/index.html has no script.");
  }
  for (const route of ["review", "sign-in"]) {
    const chunk = new RegExp(`\\./(${route}-[\\w-]{8}\\.js)`).exec(read(entry))?.[1];
    if (chunk === undefined) throw new Error(`The entry loads no chunk for the ${route} route.`);
    const files = withImports([entry, chunk]);
    const bytes = files.reduce((sum, file) => sum + gzipSync(read(file)).length, 0);
    report.figure(`${route}, gzipped, in ${files.length} files`, bytes / 1000, "kB", {
      atMost: LIMIT_KB,
    });
  }
}

function withImports(from: readonly string[]): string[] {
  const found = new Set<string>();
  const left = [...from];
  for (let file = left.pop(); file !== undefined; file = left.pop()) {
    if (found.has(file)) continue;
    found.add(file);
    for (const match of read(file).matchAll(/(?:from|import)\s*["']\.\/([^"']+\.js)["']/g)) {
      if (match[1] !== undefined) left.push(match[1]);
    }
  }
  return [...found];
}

function read(file: string): string {
  return readFileSync(join(assets, file), "utf8");
}

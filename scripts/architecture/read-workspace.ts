import { globSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";

import type { SourceFile, Workspace, WorkspacePackage } from "./check.ts";
import { readImports } from "./read-imports.ts";

const SOURCES = "{packages,apps}/*/{src,bench,test-support}/**/*.{ts,tsx,mts,cts,js,jsx,mjs,cjs}";
const E2E = "e2e/**/*.ts";

/** Reads every workspace package and each import of its sources. */
export function readWorkspace(root: string): Workspace {
  const manifests = globSync(["{packages,apps}/*/package.json", "e2e/package.json"], { cwd: root });
  const paths = globSync([SOURCES, E2E], {
    cwd: root,
    exclude: (path) => path.includes("node_modules"),
  });
  return {
    packages: manifests.toSorted().map((manifest) => readPackage(root, manifest)),
    files: paths.toSorted().map((path): SourceFile => {
      const source = readFileSync(join(root, path), "utf8");
      return { path, imports: readImports(path, source) };
    }),
  };
}

function readPackage(root: string, manifest: string): WorkspacePackage {
  const parsed: unknown = JSON.parse(readFileSync(join(root, manifest), "utf8"));
  const exports: Record<string, string> = {};
  if (isRecord(parsed) && isRecord(parsed["exports"])) {
    for (const [subpath, target] of Object.entries(parsed["exports"])) {
      exports[subpath] = fileOfTarget(target);
    }
  }
  return { folder: dirname(manifest), exports };
}

/** The file of an export; of one with conditions the first, which is enough to find cycles. */
function fileOfTarget(target: unknown): string {
  if (typeof target === "string") return target;
  if (!isRecord(target)) return "";
  return fileOfTarget(Object.values(target)[0]);
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null;
}

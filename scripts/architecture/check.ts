import { dirname, join } from "node:path/posix";

import { findCycle } from "./find-cycle.ts";
import type { Import } from "./read-imports.ts";
import type { PackageRule } from "./table.ts";

/** A workspace package: its folder from the root, and its `exports` from subpath to file. */
export type WorkspacePackage = {
  readonly folder: string;
  readonly exports: Readonly<Record<string, string>>;
};

/** A source file, its path from the root with `/` between folders. */
export type SourceFile = { readonly path: string; readonly imports: readonly Import[] };

export type Workspace = {
  readonly packages: readonly WorkspacePackage[];
  readonly files: readonly SourceFile[];
};

type Table = Readonly<Record<string, PackageRule>>;
type Place = {
  readonly file: SourceFile;
  readonly found: Import;
  readonly owner: WorkspacePackage;
};

const SCOPE = "@secondlook/";
const TEST_ONLY_WORKSPACE = ["testkit"];
const TEST_ONLY_EXTERNAL = ["vitest", "fast-check"];
/** The one file outside their package that benches may import, for the report they are given. */
const BENCH_HARNESS = "scripts/bench-harness.ts";

/** Every breach of the table, as one line each; empty where all is well. */
export function checkArchitecture(workspace: Workspace, table: Table): string[] {
  const breaches: string[] = [];
  for (const owner of workspace.packages) {
    const files = workspace.files.filter((file) => file.path.startsWith(`${owner.folder}/`));
    if (files.length === 0) {
      breaches.push(`${owner.folder}: no source file was read, so nothing was checked.`);
    }
    const rule = table[owner.folder];
    if (rule === undefined) {
      breaches.push(
        `${owner.folder}: not in scripts/architecture/table.ts; say what it may import.`,
      );
      continue;
    }
    for (const file of files) {
      for (const found of file.imports) {
        const breach = breachOf({ file, found, owner }, rule, workspace);
        if (breach !== undefined) breaches.push(`${file.path}:${found.line}: ${breach}`);
      }
    }
  }
  for (const folder of Object.keys(table)) {
    if (!workspace.packages.some((known) => known.folder === folder)) {
      breaches.push(`${folder}: in scripts/architecture/table.ts, but there is no such package.`);
    }
  }
  const cycle = findCycle(valueGraph(workspace));
  if (cycle !== undefined) breaches.push(`these files import one another: ${cycle.join(" → ")}`);
  return breaches;
}

function breachOf(place: Place, rule: PackageRule, workspace: Workspace): string | undefined {
  const { specifier } = place.found;
  if (specifier === undefined) {
    return isTest(place.file.path)
      ? undefined
      : "a computed import can't be checked; name the module in quotes.";
  }
  if (specifier.startsWith(".")) return relativeBreach(place, specifier, rule);
  if (specifier.startsWith("node:")) return nodeBreach(place, specifier, rule);
  if (specifier.startsWith(SCOPE)) return workspaceBreach(place, specifier, rule, workspace);
  if (specifier.startsWith("/") || specifier.startsWith("#")) {
    return `imports ${specifier}; use a relative path or a package's name.`;
  }
  return externalBreach(place, specifier, rule);
}

function relativeBreach(
  { file, owner }: Place,
  specifier: string,
  rule: PackageRule,
): string | undefined {
  const target = join(dirname(file.path), specifier);
  if (isMock(target, owner, rule) && !isMock(file.path, owner, rule) && !isTest(file.path)) {
    return `imports ${specifier}, which belongs to mock mode and never ships.`;
  }
  if (target === BENCH_HARNESS && file.path.startsWith(`${owner.folder}/bench/`)) return undefined;
  if (!target.startsWith(`${owner.folder}/`)) {
    return `imports ${specifier}, outside its package; import ${SCOPE}<package>/<subpath> instead.`;
  }
  const from = featureOf(file.path);
  const to = featureOf(target);
  if (from !== undefined && to !== undefined && from !== to) {
    return `the feature ${from} imports the feature ${to}; put them together in a route.`;
  }
  return undefined;
}

function featureOf(path: string): string | undefined {
  return /^apps\/console\/src\/features\/([^/]+)\//.exec(path)?.[1];
}

function nodeBreach({ file, owner }: Place, name: string, rule: PackageRule): string | undefined {
  if (rule.node === "always" || isTest(file.path)) return undefined;
  if (rule.node === "driver" && file.path.startsWith(`${owner.folder}/src/node/`)) return undefined;
  return `imports ${name}, but this part of ${owner.folder} also runs in a browser.`;
}

function workspaceBreach(
  { file, found, owner }: Place,
  specifier: string,
  rule: PackageRule,
  workspace: Workspace,
): string | undefined {
  const [name = "", ...rest] = specifier.slice(SCOPE.length).split("/");
  const target = packageNamed(workspace, name);
  if (target === undefined) return `imports ${specifier}, but there is no such package.`;
  const subpath = rest.length === 0 ? "." : `./${rest.join("/")}`;
  if (target.exports[subpath] === undefined) {
    return `imports ${specifier}, which ${target.folder}/package.json does not export.`;
  }
  if (target === owner) return `imports its own package by name; use a relative path.`;
  const allowed = [
    ...rule.workspace,
    ...(isTest(file.path) ? TEST_ONLY_WORKSPACE : []),
    ...(isMock(file.path, owner, rule) ? (rule.mock?.workspace ?? []) : []),
  ];
  if (allowed.includes(name)) return undefined;
  if (rule.typesOf?.includes([name, ...rest].join("/")) === true) {
    return found.typeOnly
      ? undefined
      : `imports values of ${specifier}; only \`import type\` is allowed.`;
  }
  return `${owner.folder} may not import ${specifier}.`;
}

function externalBreach({ file, owner }: Place, specifier: string, rule: PackageRule) {
  const parts = specifier.split("/");
  const name = parts.slice(0, specifier.startsWith("@") ? 2 : 1).join("/");
  const allowed = isTest(file.path)
    ? [...(rule.external ?? []), ...TEST_ONLY_EXTERNAL]
    : rule.external;
  if (rule.external === undefined || allowed?.includes(name) === true) return undefined;
  return `${owner.folder} may not import ${name}; it may import ${rule.external.join(", ")} only.`;
}

/** Tests and benches run on Node alone and never ship. */
function isTest(path: string): boolean {
  return /\.test\.tsx?$|\/(bench|test-support)\/|^e2e\//.test(path);
}

function isMock(path: string, owner: WorkspacePackage, rule: PackageRule): boolean {
  return rule.mock?.files.some((start) => path.startsWith(`${owner.folder}/${start}`)) === true;
}

function packageNamed(workspace: Workspace, name: string): WorkspacePackage | undefined {
  return workspace.packages.find((known) => known.folder.split("/").at(-1) === name);
}

/** Which file loads which at run time, across packages. */
function valueGraph(workspace: Workspace): Map<string, string[]> {
  const graph = new Map<string, string[]>();
  for (const file of workspace.files) {
    const targets = file.imports
      .filter((found) => !found.typeOnly)
      .map((found) => fileOf(workspace, file.path, found.specifier ?? ""));
    graph.set(
      file.path,
      targets.filter((target) => target !== undefined),
    );
  }
  return graph;
}

function fileOf(workspace: Workspace, from: string, specifier: string): string | undefined {
  if (specifier.startsWith(".")) return join(dirname(from), specifier);
  if (!specifier.startsWith(SCOPE)) return undefined;
  const [name = "", ...rest] = specifier.slice(SCOPE.length).split("/");
  const target = packageNamed(workspace, name);
  const file = target?.exports[rest.length === 0 ? "." : `./${rest.join("/")}`];
  return target === undefined || file === undefined ? undefined : join(target.folder, file);
}

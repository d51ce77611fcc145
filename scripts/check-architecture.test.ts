import { describe, expect, test } from "vitest";

import { checkArchitecture, type SourceFile, type Workspace } from "./architecture/check.ts";
import { findCycle } from "./architecture/find-cycle.ts";
import { readImports } from "./architecture/read-imports.ts";
import { readWorkspace } from "./architecture/read-workspace.ts";
import { TABLE } from "./architecture/table.ts";

const EXPORTS: Record<string, Record<string, string>> = {
  "packages/domain": { "./ids": "./src/ids.ts" },
  "packages/db": { "./queries": "./src/queries.ts" },
  "packages/api": { "./contract": "./src/contract.ts", "./app": "./src/app.ts" },
  "packages/testkit": { "./clock": "./src/clock.ts" },
  "packages/postgres": { "./embedded": "./src/embedded.ts" },
  "packages/demo": { "./cases": "./src/cases.ts" },
  "packages/mock-api": { "./in-page": "./src/in-page.ts" },
};

function breachesOf(sources: Record<string, string>): string[] {
  const files: SourceFile[] = Object.entries(sources).map(([path, source]) => {
    return { path, imports: readImports(path, source) };
  });
  const packages = Object.keys(TABLE).map((folder) => {
    // A harmless file each, so that only what a test is about is reported.
    files.push({ path: `${folder}/src/harmless.ts`, imports: [] });
    return { folder, exports: EXPORTS[folder] ?? {} };
  });
  return checkArchitecture({ packages, files }, TABLE);
}

function expectAllowed(path: string, source: string): void {
  expect(breachesOf({ [path]: source })).toEqual([]);
}

function expectRefused(path: string, source: string, why: RegExp): void {
  const breaches = breachesOf({ [path]: source });
  expect(breaches).toHaveLength(1);
  expect(breaches[0]).toMatch(why);
  expect(breaches[0]).toContain(`${path}:1:`);
}

describe("the architecture check", () => {
  test("lets packages import in the direction of the table only", () => {
    expectAllowed("packages/db/src/a.ts", `import { newId } from "@secondlook/domain/ids";`);
    expectRefused("packages/domain/src/a.ts", `import "@secondlook/db/queries";`, /may not import/);
    expectRefused(
      "packages/db/src/a.ts",
      `import type { A } from "@secondlook/api/app";`,
      /may not/,
    );
    expectRefused("packages/db/src/a.ts", `type A = import("@secondlook/api/app").A;`, /may not/);
    expectRefused("packages/db/src/a.ts", `await import("@secondlook/api/app");`, /may not/);
    expectRefused("packages/db/src/a.ts", `export * from "@secondlook/api/app";`, /may not/);
  });

  test("keeps mock mode out of what ships", () => {
    const start = `import "@secondlook/mock-api/in-page";`;
    expectAllowed("apps/console/src/main.mock.tsx", start);
    expectAllowed("apps/console/src/mock/panel.tsx", start);
    expectRefused("apps/console/src/main.tsx", start, /may not import/);
    expectRefused("apps/server/src/a.ts", start, /may not import/);
    expectRefused("apps/console/src/main.tsx", `import "./mock/panel.tsx";`, /never ships/);
    expectAllowed("apps/console/src/main.mock.tsx", `import "./main.tsx";`);
  });

  test("lets the domain import zod and nothing else", () => {
    expectAllowed("packages/domain/src/a.ts", `import { z } from "zod";`);
    expectRefused("packages/domain/src/a.ts", `import "hono";`, /may not import hono/);
    expectRefused(
      "packages/domain/src/a.ts",
      `import "@trpc/server/http";`,
      /import @trpc\/server;/,
    );
    expectAllowed("packages/domain/src/a.test.ts", `import fc from "fast-check"; import "vitest";`);
  });

  test("lets the console take only types of the API's contract", () => {
    expectAllowed("apps/console/src/a.ts", `import type { A } from "@secondlook/api/contract";`);
    expectRefused(
      "apps/console/src/a.ts",
      `import { a } from "@secondlook/api/contract";`,
      /values/,
    );
    expectRefused(
      "apps/console/src/a.ts",
      `import { type A } from "@secondlook/api/contract";`,
      /values/,
    );
    expectRefused(
      "apps/console/src/a.ts",
      `import type { A } from "@secondlook/api/app";`,
      /may not/,
    );
    expectRefused(
      "apps/console/src/a.ts",
      `import type { A } from "@secondlook/db/queries";`,
      /may not/,
    );
  });

  test("keeps Node out of what runs in a browser, drivers and tests aside", () => {
    const source = `import { readFile } from "node:fs/promises";`;
    for (const folder of ["domain", "audit", "vault", "db", "api"]) {
      expectRefused(`packages/${folder}/src/a.ts`, source, /also runs in a browser/);
      expectAllowed(`packages/${folder}/src/a.test.ts`, source);
    }
    expectRefused("apps/console/src/a.ts", source, /browser/);
    expectAllowed("packages/vault/src/node/a.ts", source);
    expectRefused("packages/api/src/node/a.ts", source, /browser/);
    expectAllowed("packages/media/src/a.ts", source);
  });

  test("keeps the test kit in tests, the demo and the embedded database in the server", () => {
    expectRefused("packages/api/src/a.ts", `import "@secondlook/testkit/clock";`, /may not/);
    expectAllowed("packages/api/src/a.test.ts", `import "@secondlook/testkit/clock";`);
    expectAllowed("packages/api/bench/a.ts", `import "@secondlook/testkit/clock";`);
    expectRefused("packages/api/src/a.ts", `import "@secondlook/demo/cases";`, /may not/);
    expectRefused("packages/api/src/a.test.ts", `import "@secondlook/demo/cases";`, /may not/);
    expectAllowed("apps/server/src/a.ts", `import "@secondlook/demo/cases";`);
    expectAllowed("e2e/a.ts", `import "@secondlook/demo/cases";`);
    expectRefused("packages/db/src/a.ts", `import "@secondlook/postgres/embedded";`, /may not/);
    expectAllowed("packages/testkit/src/a.ts", `import "@secondlook/postgres/embedded";`);
  });

  test("refuses a way round a package's exports", () => {
    const harness = `import "../../../scripts/bench-harness.ts";`;
    expectAllowed("packages/db/bench/a.ts", harness);
    expectRefused("packages/db/src/a.ts", harness, /outside its package/);
    expectRefused(
      "packages/db/src/a.ts",
      `import "../../domain/src/ids.ts";`,
      /outside its package/,
    );
    expectRefused(
      "packages/db/src/a.ts",
      `import "@secondlook/domain/src/ids.ts";`,
      /does not export/,
    );
    expectRefused("packages/db/src/a.ts", `import "@secondlook/domain";`, /does not export/);
    expectRefused("packages/db/src/a.ts", `import "@secondlook/unheard/of";`, /no such package/);
    expectRefused("packages/db/src/a.ts", `import "@secondlook/db/queries";`, /its own package/);
    expectRefused("packages/db/src/a.ts", `import "/etc/passwd";`, /relative path/);
    expectRefused("packages/db/src/a.ts", `await import(name);`, /computed/);
  });

  test("keeps the console's features apart", () => {
    const path = "apps/console/src/features/queue/a.tsx";
    expectAllowed(path, `import "./b.tsx"; import "../../ui/button.tsx";`);
    expectRefused(
      path,
      `import "../review/stage.tsx";`,
      /the feature queue imports the feature review/,
    );
    expectAllowed("apps/console/src/routes/a.tsx", `import "../features/queue/a.tsx";`);
  });

  test("finds files that load one another, and lets types go round", () => {
    const there = `import { b } from "./b.ts"; export const a = 1;`;
    const breaches = breachesOf({
      "packages/db/src/a.ts": there,
      "packages/db/src/b.ts": `export { a } from "./a.ts";`,
    });
    expect(breaches).toEqual([expect.stringContaining("a.ts → packages/db/src/b.ts →")]);
    const typed = `import type { a } from "./a.ts";`;
    expect(breachesOf({ "packages/db/src/a.ts": there, "packages/db/src/b.ts": typed })).toEqual(
      [],
    );
    expect(findCycle(new Map([["a", ["a"]]]))).toEqual(["a", "a"]);
  });

  test("fails on a package without files, one without a rule and a rule without a package", () => {
    const workspace: Workspace = {
      packages: [{ folder: "packages/new", exports: {} }],
      files: [],
    };
    const breaches = checkArchitecture(workspace, {
      "packages/gone": TABLE["packages/domain"] ?? never(),
    });
    expect(breaches).toEqual([
      expect.stringContaining("packages/new: no source file"),
      expect.stringContaining("packages/new: not in"),
      expect.stringContaining("packages/gone: in"),
    ]);
  });

  test("refuses to pass over a file that it can't parse", () => {
    expect(() => readImports("a.ts", `import { from "b"`)).toThrow(/a\.ts can't be parsed/);
  });

  test("reads the real workspace", () => {
    const { files, packages } = readWorkspace(new URL("..", import.meta.url).pathname);
    expect(packages.map(({ folder }) => folder)).toContain("packages/domain");
    const vault = files.find(({ path }) => path === "packages/vault/src/vault.ts");
    expect(vault?.imports.map(({ specifier }) => specifier)).toContain("@secondlook/domain/ids");
  });
});

function never(): never {
  throw new Error("The table has no rule for the domain.");
}

import { isEventKind } from "@secondlook/audit/event";
import { PERMISSIONS } from "@secondlook/domain/access/roles";
import { expect, test } from "vitest";
import { appRouter } from "./app-router.ts";
import type { Deps } from "./core/deps.ts";
import { ROUTE_RECORDS } from "./core/route-records.ts";
import { createApp } from "./create-app.ts";

interface Declared {
  readonly name: string;
  readonly meta: unknown;
}

/** What is wrong with a declaration, as a sentence; nothing where it is sound. */
function faultsOf({ name, meta }: Declared): string[] {
  if (typeof meta !== "object" || meta === null) return [`${name} declares nothing.`];
  const permission: unknown = "permission" in meta ? meta.permission : undefined;
  const records: unknown = "records" in meta ? meta.records : undefined;
  const faults: string[] = [];
  if (!PERMISSIONS.some((known) => known === permission)) {
    faults.push(`${name} names no permission.`);
  }
  if (Array.isArray(records)) {
    if (records.length === 0) faults.push(`${name} records nothing and gives no reason.`);
    for (const kind of records) {
      if (typeof kind === "string" && isEventKind(kind)) continue;
      faults.push(`${name} records ${String(kind)}, which the log does not have.`);
    }
  } else {
    const isObject = typeof records === "object" && records !== null;
    const reason: unknown = isObject && "none" in records ? records.none : undefined;
    if (typeof reason !== "string" || !/\w+ \w+ \w+/.test(reason)) {
      faults.push(`${name} records nothing and gives no reason.`);
    }
  }
  return faults;
}

/** Each procedure of the real router with its definition. */
function procedures(): (Declared & { readonly hasOutput: boolean })[] {
  return Object.entries<unknown>(appRouter._def.procedures).map(([name, procedure]) => {
    const definition: unknown =
      typeof procedure === "function" && "_def" in procedure ? procedure._def : undefined;
    if (typeof definition !== "object" || definition === null)
      return { name, meta: undefined, hasOutput: false };
    return {
      name,
      meta: "meta" in definition ? definition.meta : undefined,
      hasOutput: "output" in definition && definition.output !== undefined,
    };
  });
}

test("every procedure declares who may call it and which event it leaves, or why none", () => {
  expect(procedures().length).toBeGreaterThan(15);
  expect(procedures().flatMap(faultsOf)).toEqual([]);
});

test("every procedure declares what it answers, so that no column slips out", () => {
  expect(procedures().filter(({ hasOutput }) => !hasOutput)).toEqual([]);
});

test("every HTTP route declares the same, and no declaration is left over", () => {
  // No route looks at its dependencies before a request comes.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- it throws when looked at
  const untouched = new Proxy(
    {},
    { get: (_target, name) => expect.unreachable(String(name)) },
  ) as Deps;
  const routes = createApp(untouched)
    .routes.map(({ method, path }) => `${method} ${path}`)
    // Middleware of every address, which answers nothing by itself.
    .filter((route) => route !== "ALL /*" && route !== "ALL *");
  expect(routes.length).toBeGreaterThan(5);
  expect([...new Set(routes)].toSorted()).toEqual(Object.keys(ROUTE_RECORDS).toSorted());
  const declared = Object.entries(ROUTE_RECORDS).map(([name, meta]) => ({ name, meta }));
  expect(declared.flatMap(faultsOf)).toEqual([]);
});

test("a declaration that is missing, empty, unknown or without a reason is found", () => {
  const permission = "open";
  const faults = [
    undefined,
    { records: ["media.read"] },
    { permission, records: [] },
    { permission, records: ["media.seen"] },
    { permission, records: { none: "" } },
    { permission: "everything", records: { none: "a reason of words" } },
  ].map((meta) => faultsOf({ name: "a.b", meta }).length);
  expect(faults).toEqual([1, 1, 1, 1, 1, 1]);
});

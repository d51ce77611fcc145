import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "@playwright/test";

const DIST = fileURLToPath(new URL("../../apps/console/dist/", import.meta.url));
/** What stands in mock mode, PGlite, MSW or the API and nowhere in the console. */
const FOREIGN =
  /mock-api|mockServiceWorker|secondlook-mock|pglite|PGlite|drizzle|\bmsw\b|audit\.append|graphile|initTRPC|sealed\.score/;

test("the built console holds nothing of mock mode, nor of what lies beneath the API", async () => {
  const files = (await readdir(DIST, { recursive: true })).filter((file) =>
    /\.(js|css|html|json|wasm|map)$/.test(file),
  );
  expect(files.filter((file) => file.endsWith(".js")).length).toBeGreaterThan(5);
  expect(files.filter((file) => /wasm|mock/i.test(file))).toEqual([]);
  for (const file of files) {
    const found = FOREIGN.exec(await readFile(join(DIST, file), "utf8"))?.[0];
    expect(found, file).toBeUndefined();
  }
});

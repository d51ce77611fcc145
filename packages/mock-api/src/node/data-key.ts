import { createHash } from "node:crypto";
import { globSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const CHECKOUT = fileURLToPath(new URL("../../../../", import.meta.url));

/** Everything that decides what stands in the data: the schema, the demo, and the way in. */
const MADE_FROM = [
  "packages/db/migrations/*.sql",
  "packages/db/src/{audit,ingest,insights}/**/*.ts",
  "packages/demo/{package.json,src/**/*.ts}",
  "packages/media/src/**/*.ts",
  "packages/vault/src/**/*.ts",
  "packages/audit/src/**/*.ts",
  "packages/domain/src/{ingest,evidence,policy}/**/*.ts",
  "packages/api/src/{history,ingest}/**/*.ts",
  "packages/mock-api/src/{backend,install,jobs,mock-data,prepared-file,small-pglite}.ts",
  "packages/mock-api/src/node/{known-files,make-data,plain-pictures,slim-dump}.ts",
  "packages/mock-api/src/tar.ts",
  "pnpm-workspace.yaml",
];

/** A name for the data that the sources make as they are now. */
export async function dataKey(): Promise<string> {
  const paths = globSync(MADE_FROM, { cwd: CHECKOUT })
    .filter((path) => !path.includes(".test."))
    .toSorted();
  const hash = createHash("sha256");
  for (const path of paths) hash.update(`${path}\0`).update(await readFile(join(CHECKOUT, path)));
  return hash.digest("hex").slice(0, 16);
}

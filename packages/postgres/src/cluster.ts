import { chown, mkdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";

import type { Account } from "./account.ts";
import { EMBEDDED_MAJOR, type Binaries } from "./binaries.ts";
import { EmbeddedPostgresError } from "./embedded-postgres-error.ts";
import { startProgram } from "./run-program.ts";

/** Makes the cluster if there is none. Refuses one that another major version made. */
export async function ensureCluster(
  binaries: Binaries,
  account: Account,
  clusterDir: string,
  options: { durable: boolean; log: (line: string) => void },
): Promise<void> {
  const found = await readFile(join(clusterDir, "PG_VERSION"), "utf8").catch(() => undefined);
  if (found === undefined) {
    await initialise(binaries, account, clusterDir, options);
  } else if (found.trim() !== EMBEDDED_MAJOR) {
    throw new EmbeddedPostgresError(
      "other_version",
      `The database in ${clusterDir} was made by Postgres ${found.trim()} and this is Postgres ` +
        `${EMBEDDED_MAJOR}: start with the version of Secondlook that made it, ` +
        "or choose another folder with SECONDLOOK_DATA_DIR.",
    );
  }
}

/** Made beside its place and then renamed, so that an interrupted attempt leaves no half cluster. */
async function initialise(
  binaries: Binaries,
  account: Account,
  clusterDir: string,
  { durable, log }: { durable: boolean; log: (line: string) => void },
): Promise<void> {
  const unfinished = `${clusterDir}.unfinished`;
  await rm(unfinished, { recursive: true, force: true, maxRetries: 5 });
  await mkdir(unfinished, { mode: 0o700 });
  if (process.getuid?.() === 0) {
    await chown(unfinished, account.uid, account.gid);
  }
  const args = [
    `--pgdata=${unfinished}`,
    "--username=postgres",
    "--encoding=UTF8",
    // Postgres's own locale is the same on every system and needs none to be installed.
    "--locale-provider=builtin",
    "--builtin-locale=C.UTF-8",
    "--locale=C",
    "--auth-local=trust",
    "--auth-host=reject",
    "--data-checksums",
    "--no-instructions",
  ];
  const noSync = durable ? [] : ["--no-sync"];
  const initdb = startProgram(account, binaries.initdb, [...args, ...noSync], {
    log,
    whenOrphaned: "KILL",
  });
  if ((await initdb.ended) !== 0) {
    throw new EmbeddedPostgresError(
      "failed_to_start",
      `The database in ${clusterDir} could not be made: ${initdb.lastWords()}`,
    );
  }
  await rename(unfinished, clusterDir).catch((cause: unknown) => {
    throw new EmbeddedPostgresError(
      "failed_to_start",
      `${clusterDir} is not a Postgres database and is in the way of a new one: move it elsewhere.`,
      { cause },
    );
  });
}

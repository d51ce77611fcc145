import { createHash } from "node:crypto";
import { chmod, chown, lstat, mkdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import type { Account } from "./account.ts";
import { EmbeddedPostgresError } from "./embedded-postgres-error.ts";

/** The port is only part of the socket's name; nothing listens on the network. */
export const SOCKET_PORT = 5432;

/** What macOS allows for a socket's path, in bytes; Linux allows four more. */
const MAX_SOCKET_PATH = 103;

function fits(folder: string): boolean {
  return Buffer.byteLength(join(folder, `.s.PGSQL.${SOCKET_PORT}`)) <= MAX_SOCKET_PATH;
}

/**
 * A folder for the socket that only this account enters, which is what makes `trust` safe: beside
 * the cluster, or under a name derived from the data folder's in the system's temp if too long.
 */
export async function makeSocketFolder(
  dataDir: string,
  account: Account,
  temp = tmpdir(),
): Promise<string> {
  const near = join(dataDir, "postgres-socket");
  const name = createHash("sha256").update(dataDir).digest("hex").slice(0, 16);
  const folder = fits(near) ? near : join(temp, `secondlook-${account.uid}-${name}`);
  if (!fits(folder)) {
    throw new EmbeddedPostgresError(
      "failed_to_start",
      `The paths ${near} and ${folder} are both too long for a socket: ` +
        "choose a shorter folder with SECONDLOOK_DATA_DIR or TMPDIR.",
    );
  }
  await mkdir(folder, { mode: 0o700 }).catch((error: unknown) => {
    if (!(error instanceof Error && "code" in error && error.code === "EEXIST")) {
      throw error;
    }
  });
  const found = await lstat(folder);
  const mine = found.uid === process.getuid?.() || found.uid === account.uid;
  if (!found.isDirectory() || !mine) {
    throw new EmbeddedPostgresError(
      "wrong_owner",
      `The folder ${folder} for the database's socket was made by another user: remove it, ` +
        "or choose another folder with SECONDLOOK_DATA_DIR.",
    );
  }
  // What a killed Postgres left; nobody else uses this folder and the caller holds the lock.
  const socket = join(folder, `.s.PGSQL.${SOCKET_PORT}`);
  await Promise.all([rm(socket, { force: true }), rm(`${socket}.lock`, { force: true })]);
  await chmod(folder, 0o700);
  if (process.getuid?.() === 0) {
    await chown(folder, account.uid, account.gid);
  }
  return folder;
}

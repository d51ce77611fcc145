import { execFile } from "node:child_process";
import { lstat } from "node:fs/promises";
import { promisify } from "node:util";

import type { Binaries } from "./binaries.ts";
import { EmbeddedPostgresError } from "./embedded-postgres-error.ts";

const NOBODY = 65_534;
const run = promisify(execFile);

/** The account that owns the cluster, and the command that runs a program as that account. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
  readonly prefix: readonly string[];
}

/**
 * Postgres refuses to run as root. So root runs it in a user namespace of its own: it then believes
 * that it is somebody else, while files stay root's and folders closed to others stay reachable.
 */
const inUserNamespace: Account = {
  uid: 0,
  gid: 0,
  prefix: ["unshare", "--user", `--map-user=${NOBODY}`, `--map-group=${NOBODY}`, "--"],
};

/** Where namespaces are forbidden (most containers): another account that may enter all folders. */
function asOtherAccount(uid: number, gid: number): Account {
  const only = "-all,+dac_override";
  return {
    uid,
    gid,
    prefix: [
      "setpriv",
      `--reuid=${uid}`,
      `--regid=${gid}`,
      "--clear-groups",
      `--inh-caps=${only}`,
      `--ambient-caps=${only}`,
      `--bounding-set=${only}`,
      // Otherwise access(2), with which initdb looks for its programs, doesn't count the capability.
      "--securebits=+no_setuid_fixup",
      "--",
    ],
  };
}

/** Chooses how to run Postgres on this cluster; `clusterDir` need not exist yet. */
export async function chooseAccount(
  binaries: Binaries,
  dataDir: string,
  clusterDir: string,
): Promise<Account> {
  const self = { uid: process.getuid?.() ?? 0, gid: process.getgid?.() ?? 0 };
  const owner = await lstat(clusterDir).catch(() => undefined);
  if (self.uid !== 0) {
    if (owner !== undefined && owner.uid !== self.uid) {
      throw new EmbeddedPostgresError(
        "wrong_owner",
        `The database in ${clusterDir} belongs to another user (id ${owner.uid}): ` +
          "start as that user, or choose another folder with SECONDLOOK_DATA_DIR.",
      );
    }
    return { ...self, prefix: [] };
  }
  const candidates =
    owner === undefined
      ? [inUserNamespace, asOtherAccount(NOBODY, NOBODY)]
      : [owner.uid === 0 ? inUserNamespace : asOtherAccount(owner.uid, owner.gid)];
  for (const account of candidates) {
    if (await works(account, binaries, dataDir)) {
      return account;
    }
  }
  throw new EmbeddedPostgresError(
    "no_account_to_run_as",
    owner?.uid === 0
      ? "Postgres doesn't run as root and this machine forbids user namespaces: run " +
          `\`chown -R ${NOBODY}:${NOBODY} ${clusterDir}\` once, or start as an ordinary user.`
      : "Postgres doesn't run as root and this machine lets root become nobody else: " +
          "start as an ordinary user, or set DATABASE_URL to a Postgres of your own.",
  );
}

async function works(account: Account, binaries: Binaries, dataDir: string): Promise<boolean> {
  const [program = "", ...prefix] = account.prefix;
  const script = 'test -x "$2" && test -w "$2" && exec "$1" --version';
  const args = [...prefix, "/bin/sh", "-c", script, "sh", binaries.postgres, dataDir];
  return run(program, args).then(
    () => true,
    () => false,
  );
}

import { spawn } from "node:child_process";
import { access, chown, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { once } from "node:events";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";

import type { EmbeddedConnection } from "@secondlook/postgres/embedded";

const BIN = "/usr/lib/postgresql/15/bin";

export interface SystemPostgres extends AsyncDisposable {
  /** As superuser; nothing listens on the network. */
  readonly connection: EmbeddedConnection & { readonly password?: string };
  /** The same as a DATABASE_URL. */
  readonly url: string;
}

/**
 * Debian's Postgres 15, the oldest that DATABASE_URL may name, with a new cluster in a temporary
 * folder; undefined where it is not installed. Root runs it as the user `postgres`.
 */
export async function startSystemPostgres15(
  options: {
    /** The superuser's; then every log-in needs one (SCRAM). Without it nobody does. */
    readonly password?: string;
  } = {},
): Promise<SystemPostgres | undefined> {
  const installed = await access(join(BIN, "postgres")).then(
    () => true,
    () => false,
  );
  if (!installed) {
    return undefined;
  }
  const folder = await mkdtemp(join(tmpdir(), "secondlook-pg15-"));
  const account = await accountForRoot();
  if (account.uid !== undefined && account.gid !== undefined) {
    await chown(folder, account.uid, account.gid);
  }
  const dataDir = join(folder, "data");
  const { password } = options;
  const how = { ...account, cwd: "/", detached: true, stdio: "ignore" as const };
  const passwordFile = join(folder, "password");
  if (password !== undefined) await writeFile(passwordFile, password, { mode: 0o644 });
  const authentication =
    password === undefined ? ["-A", "trust"] : ["-A", "scram-sha-256", `--pwfile=${passwordFile}`];
  const initdb = spawn(
    join(BIN, "initdb"),
    [
      "-D",
      dataDir,
      "-U",
      "postgres",
      "-E",
      "UTF8",
      "--locale=C.UTF-8",
      "--no-sync",
      ...authentication,
    ],
    how,
  );
  await once(initdb, "exit");
  if (initdb.exitCode !== 0) {
    await rm(folder, { recursive: true, force: true });
    throw new Error(`initdb of Postgres 15 failed with exit code ${initdb.exitCode}.`);
  }
  const settings = [`unix_socket_directories=${folder}`, "listen_addresses=", "fsync=off"];
  const server = spawn(
    join(BIN, "postgres"),
    ["-D", dataDir, ...settings.flatMap((setting) => ["-c", setting])],
    how,
  );
  const exited = once(server, "exit");
  const stop = async (): Promise<void> => {
    server.kill("SIGINT");
    await exited;
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  };
  while (!(await isReady(dataDir))) {
    if (server.exitCode !== null) {
      await stop();
      throw new Error("Postgres 15 did not start.");
    }
    await sleep(20);
  }
  return {
    connection: {
      host: folder,
      port: 5432,
      user: "postgres",
      database: "postgres",
      ssl: false,
      ...(password === undefined ? {} : { password }),
    },
    url: `postgres://postgres${password === undefined ? "" : `:${encodeURIComponent(password)}`}@localhost/postgres?host=${encodeURIComponent(folder)}`,
    [Symbol.asyncDispose]: stop,
  };
}

async function isReady(dataDir: string): Promise<boolean> {
  const text = await readFile(join(dataDir, "postmaster.pid"), "utf8").catch(() => "");
  return text.split("\n")[7]?.trim() === "ready";
}

/** Postgres refuses to run as root; Debian's package makes this user and its home folder. */
async function accountForRoot(): Promise<{ uid?: number; gid?: number }> {
  if (process.getuid?.() !== 0) {
    return {};
  }
  const { uid, gid } = await stat("/var/lib/postgresql");
  return { uid, gid };
}

import { systemRandom } from "@secondlook/domain/ids";
import { VaultError } from "@secondlook/vault/errors";
import { loadOrCreateSecretFile } from "@secondlook/vault/node/root-key";
import { createVault, KEY_BYTES, type Vault } from "@secondlook/vault/vault";
import { access, mkdir, stat } from "node:fs/promises";
import { join } from "node:path";
import type { Config } from "./config/config.ts";
import { StopError } from "./config/stop-error.ts";

/** The two secrets of a deployment; each lies in the data folder, readable by its owner alone. */
export interface Secrets {
  readonly vault: Vault;
  readonly logSeed: Uint8Array;
}

/**
 * Reads or makes the root key and the log's signing seed.
 *
 * @throws StopError
 */
export async function openSecrets(config: Config): Promise<Secrets> {
  const rootKey = await loadSecret(config, "root-key");
  return {
    vault: createVault({ rootKey, random: systemRandom }),
    logSeed: await loadSecret(config, "log-key"),
  };
}

async function loadSecret(config: Config, name: string): Promise<Uint8Array> {
  try {
    await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
    await refuseForeignFolder(config);
    const path = join(config.dataDir, name);
    return (await loadOrCreateSecretFile(path, KEY_BYTES, systemRandom)).bytes;
  } catch (error) {
    if (error instanceof VaultError) throw new StopError(error.message, { cause: error });
    throw asDataFolderFault(error, config);
  }
}

/** What root wrote into another user's folder, that user could not read at the next start. */
async function refuseForeignFolder({ dataDir }: Config): Promise<void> {
  const { uid } = await stat(dataDir);
  if (process.getuid?.() !== 0 || uid === 0) return;
  throw new StopError(
    `The data folder ${dataDir} belongs to another user (id ${uid}); start as that user, or choose another folder with SECONDLOOK_DATA_DIR.`,
  );
}

/** Whatever the system refuses about the paths in it, it is the data folder that is to be looked at. */
export function asDataFolderFault(error: unknown, { dataDir }: Config): unknown {
  const about =
    error instanceof Error && "code" in error && "path" in error ? String(error.path) : "";
  if (!(error instanceof Error) || !`${about}/`.startsWith(`${dataDir}/`)) return error;
  const code = "code" in error ? String(error.code) : "";
  return new StopError(
    `The data folder ${dataDir} can't be used (${code} at ${about}): make it a folder that this user can read and write, or choose another one with SECONDLOOK_DATA_DIR.`,
    { cause: error },
  );
}

/**
 * The same for commands, which work on what a server has made: with the wrong folder they would make
 * another, empty deployment and say that all is well.
 *
 * @throws StopError
 */
export async function openExistingSecrets(config: Config): Promise<Secrets> {
  await requireFile(config, "root-key");
  await requireFile(config, "log-key");
  return openSecrets(config);
}

/**
 * What commands about the log need: it stays readable and can be checked without the root key, which
 * opens evidence. Then there is no vault, and the database is used as its owner.
 *
 * @throws StopError
 */
export async function openLogSecrets(
  config: Config,
): Promise<{ readonly vault: Vault | undefined; readonly logSeed: Uint8Array }> {
  await requireFile(config, "log-key");
  if (!(await isMissing(join(config.dataDir, "root-key")))) return openSecrets(config);
  return { vault: undefined, logSeed: await loadSecret(config, "log-key") };
}

async function requireFile(config: Config, name: string): Promise<void> {
  const path = join(config.dataDir, name);
  if (!(await isMissing(path))) return;
  throw new StopError(
    `There is no ${path}: name the server's data folder with SECONDLOOK_DATA_DIR, or start the server once.`,
  );
}

async function isMissing(path: string): Promise<boolean> {
  return access(path).then(
    () => false,
    (error: unknown) => error instanceof Error && "code" in error && error.code !== "EACCES",
  );
}

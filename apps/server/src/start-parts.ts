import { systemRandom } from "@secondlook/domain/ids";
import { VaultError } from "@secondlook/vault/errors";
import { loadOrCreateSecretFile } from "@secondlook/vault/node/root-key";
import { createVault, KEY_BYTES, type Vault } from "@secondlook/vault/vault";
import { access, mkdir } from "node:fs/promises";
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
  const load = async (name: string): Promise<Uint8Array> =>
    (await loadOrCreateSecretFile(join(config.dataDir, name), KEY_BYTES, systemRandom)).bytes;
  try {
    await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
    return {
      vault: createVault({ rootKey: await load("root-key"), random: systemRandom }),
      logSeed: await load("log-key"),
    };
  } catch (error) {
    if (error instanceof VaultError) throw new StopError(error.message, { cause: error });
    throw asDataFolderFault(error, config);
  }
}

/** Whatever the system refuses about the paths in it, it is the data folder that is to be looked at. */
export function asDataFolderFault(error: unknown, config: Config): unknown {
  if (!(error instanceof Error && "syscall" in error && "code" in error)) return error;
  return new StopError(
    `The data folder ${config.dataDir} can't be used (${String(error.code)}): make it a folder that this user can read and write, or choose another one with SECONDLOOK_DATA_DIR.`,
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
  for (const name of ["root-key", "log-key"]) {
    const path = join(config.dataDir, name);
    const missing = await access(path).then(
      () => false,
      (error: unknown) => error instanceof Error && "code" in error && error.code !== "EACCES",
    );
    if (missing) {
      throw new StopError(
        `There is no ${path}: name the server's data folder with SECONDLOOK_DATA_DIR, or start the server once.`,
      );
    }
  }
  return openSecrets(config);
}

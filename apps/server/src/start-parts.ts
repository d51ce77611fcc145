import { systemRandom } from "@secondlook/domain/ids";
import { VaultError } from "@secondlook/vault/errors";
import { loadOrCreateSecretFile } from "@secondlook/vault/node/root-key";
import { createVault, KEY_BYTES, type Vault } from "@secondlook/vault/vault";
import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import type { Config } from "./config/config.ts";
import { StopError } from "./config/stop-error.ts";

/** The two secrets of a deployment; each lies in the data folder, readable by its owner alone. */
export interface Secrets {
  readonly vault: Vault;
  readonly rootKeyIsNew: boolean;
  readonly logSeed: Uint8Array;
  readonly logSeedIsNew: boolean;
}

/** Reads or makes the root key and the log's signing seed. Throws StopError. */
export async function openSecrets(config: Config): Promise<Secrets> {
  try {
    await mkdir(config.dataDir, { recursive: true, mode: 0o700 });
    const root = await loadOrCreateSecretFile(
      join(config.dataDir, "root-key"),
      KEY_BYTES,
      systemRandom,
    );
    const seed = await loadOrCreateSecretFile(
      join(config.dataDir, "log-key"),
      KEY_BYTES,
      systemRandom,
    );
    return {
      vault: createVault({ rootKey: root.bytes, random: systemRandom }),
      rootKeyIsNew: root.created,
      logSeed: seed.bytes,
      logSeedIsNew: seed.created,
    };
  } catch (error) {
    if (error instanceof VaultError) throw new StopError(error.message, { cause: error });
    const code = error instanceof Error && "code" in error ? error.code : undefined;
    if (
      code === "EACCES" ||
      code === "EPERM" ||
      code === "EROFS" ||
      code === "ENOTDIR" ||
      code === "EEXIST" ||
      code === "ENOSPC"
    ) {
      throw new StopError(
        `The data folder ${config.dataDir} can't be written (${String(code)}): make it writable for this user, or choose another folder with SECONDLOOK_DATA_DIR.`,
        { cause: error },
      );
    }
    throw error;
  }
}

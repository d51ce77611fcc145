import { link, open, rm } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";

import type { RandomBytes } from "@secondlook/domain/ids";

import { VaultError } from "../errors.ts";
import { hasCode, syncFolder, writePrivateFile } from "./durable.ts";

export type SecretFile = {
  readonly bytes: Uint8Array;
  /** True where the file was made now. Over existing data that means the old secret is lost. */
  readonly created: boolean;
};

/**
 * Reads a secret of `length` bytes (the root key, the log's signing seed), or makes it where there
 * is none. It is made whole and flushed before it gets its name, and an existing file is never
 * written to. Throws a VaultError (`bad_secret`) whose message says what to do.
 */
export async function loadOrCreateSecretFile(
  path: string,
  length: number,
  random: RandomBytes,
): Promise<SecretFile> {
  const target = resolve(path);
  const found = await readSecret(target, length);
  if (found !== undefined) return { bytes: found, created: false };

  const folder = dirname(target);
  const suffix = Buffer.from(random(8)).toString("hex");
  const temporary = join(folder, `.${basename(target)}.${suffix}`);
  const secret = random(length);
  if (secret.length !== length) {
    throw new VaultError("bad_secret", "The random source gave too few bytes for a secret.");
  }
  let created = true;
  try {
    await writePrivateFile(temporary, secret);
    // Unlike a rename, a link fails where another process has just made the file.
    await link(temporary, target);
  } catch (error) {
    if (!hasCode(error, "EEXIST")) throw error;
    created = false;
  } finally {
    await rm(temporary, { force: true });
  }
  await syncFolder(folder);
  const bytes = await readSecret(target, length);
  if (bytes === undefined) {
    throw new VaultError("bad_secret", `${target} vanished while it was being made; start again.`);
  }
  return { bytes, created };
}

async function readSecret(path: string, length: number): Promise<Uint8Array | undefined> {
  const handle = await open(path, "r").catch((error: unknown) => {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  });
  if (handle === undefined) return undefined;
  try {
    const about = await handle.stat();
    if (!about.isFile()) {
      throw new VaultError("bad_secret", `${path} is not a file; move it away and start again.`);
    }
    const mode = about.mode & 0o777;
    if ((mode & 0o077) !== 0) {
      const octal = mode.toString(8).padStart(4, "0");
      throw new VaultError(
        "bad_secret",
        `${path} can be read or changed by others (mode ${octal}); run \`chmod 600 ${path}\` and start again.`,
      );
    }
    if (about.size !== length) {
      throw new VaultError(
        "bad_secret",
        `${path} has ${about.size} bytes and must have ${length}; restore it from your backup.`,
      );
    }
    return new Uint8Array(await handle.readFile());
  } finally {
    await handle.close();
  }
}

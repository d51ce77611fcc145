import { type Id, newId, type RandomBytes } from "@secondlook/domain/ids";

import { type OwnBytes, ownBytes, utf8 } from "./bytes.ts";
import { deriveBytes, deriveCipherKey, deriveMacKey, importSecret } from "./derive.ts";
import { VaultError } from "./errors.ts";
import { openBox, sealBox } from "./sealed-box.ts";
import { openKey, type SubjectKey } from "./subject-key.ts";

/** Length of the root key and of each subject's key. */
export const KEY_BYTES = 32;

/** What a keyed hash is for; hashes of one purpose tell nothing about those of another. */
export type HashPurpose =
  | "signal"
  | "ingest_file"
  | "ingest_body"
  | "ingest_key"
  | "idempotency"
  | "token"
  | "session"
  | "network";

export type WrappedSubjectKey = { readonly wrapped: Uint8Array; readonly keyId: Id<"key"> };

/** Keys under one root key. */
export type Vault = {
  /** A new key for a subject, wrapped for that subject alone. Keep both parts with the subject. */
  newSubjectKey(subjectId: string): Promise<WrappedSubjectKey>;
  /**
   * Opens a subject's key. `wrapped` is null after an erasure. Throws a VaultError: `erased`, or
   * `tampered` where the root key, the subject or the bytes are not the ones it was wrapped with.
   */
  openSubjectKey(stored: {
    readonly wrapped: Uint8Array | null;
    readonly subjectId: string;
  }): Promise<SubjectKey>;
  /**
   * HMAC-SHA-256 under an index key of its own for each purpose. Texts are hashed as they are:
   * normalise first what should compare equal.
   */
  keyedHash(purpose: HashPurpose, value: string | Uint8Array): Promise<Uint8Array>;
  /** A secret that is the same at each start, such as a database password; 43 base64url letters. */
  deriveSecret(label: string): Promise<string>;
};

/** A vault over a root key of 32 bytes; throws a VaultError (`bad_secret`) for another length. */
export function createVault(options: {
  readonly rootKey: Uint8Array;
  readonly random: RandomBytes;
}): Vault {
  const { random } = options;
  if (options.rootKey.length !== KEY_BYTES) {
    throw new VaultError(
      "bad_secret",
      `The root key has ${options.rootKey.length} bytes and must have ${KEY_BYTES}; restore the right file.`,
    );
  }
  const root = importSecret(ownBytes(options.rootKey));
  const wrapping = root.then((key) => deriveCipherKey(key, "wrap/subject"));
  const indexKeys = new Map<HashPurpose, Promise<CryptoKey>>();

  function indexKey(purpose: HashPurpose): Promise<CryptoKey> {
    const known = indexKeys.get(purpose);
    if (known !== undefined) return known;
    const made = root.then((key) => deriveMacKey(key, `index/${purpose}`));
    indexKeys.set(purpose, made);
    return made;
  }

  return {
    async newSubjectKey(subjectId) {
      const secret = freshKey(random);
      const wrapped = await sealBox(await wrapping, random, secret, wrapPlace(subjectId));
      secret.fill(0);
      return { wrapped, keyId: newId("key", random) };
    },
    async openSubjectKey({ wrapped, subjectId }) {
      if (wrapped === null) {
        throw new VaultError("erased", "This account's data was erased and can't be opened again.");
      }
      const secret = ownBytes(await openBox(await wrapping, wrapped, wrapPlace(subjectId)));
      const key = await openKey(secret, subjectId, random);
      secret.fill(0);
      return key;
    },
    async keyedHash(purpose, value) {
      const bytes = typeof value === "string" ? utf8(value) : ownBytes(value);
      return new Uint8Array(await crypto.subtle.sign("HMAC", await indexKey(purpose), bytes));
    },
    async deriveSecret(label) {
      return base64Url(await deriveBytes(await root, `secret/${label}`));
    },
  };
}

function wrapPlace(subjectId: string): OwnBytes {
  return utf8(JSON.stringify(["subject-key", subjectId]));
}

function freshKey(random: RandomBytes): OwnBytes {
  const secret = ownBytes(random(KEY_BYTES));
  if (secret.length !== KEY_BYTES) {
    throw new VaultError("bad_secret", "The random source gave too few bytes for a key.");
  }
  return secret;
}

function base64Url(bytes: Uint8Array): string {
  const base64 = btoa(String.fromCharCode(...bytes));
  return base64.replaceAll("+", "-").replaceAll("/", "_").replaceAll("=", "");
}

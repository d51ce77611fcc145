import type { RandomBytes } from "@secondlook/domain/ids";

import { fromUtf8, type OwnBytes, ownBytes, utf8 } from "./bytes.ts";
import { deriveCipherKey, deriveMacKey, importSecret } from "./derive.ts";
import { VaultError } from "./errors.ts";
import { openBox, sealBox } from "./sealed-box.ts";

/**
 * What sealed bytes are and where they belong. All of it is authenticated, so bytes that are moved
 * to another object, rendition, purpose or subject don't open.
 */
export type SealContext = {
  /** The id of the object, row or field that holds the bytes. */
  readonly object: string;
  readonly rendition?: string;
  /** What the bytes are for: `evidence`, `attributes`, `draft`, `note`, … */
  readonly purpose: string;
};

/** Everything one subject's key can do; the key itself can't be read out. */
export type SubjectKey = {
  readonly subjectId: string;
  encrypt(plaintext: Uint8Array, context: SealContext): Promise<Uint8Array>;
  /** Throws a VaultError: `tampered` or `unknown_version`. */
  decrypt(sealed: Uint8Array, context: SealContext): Promise<OwnBytes>;
  encryptText(text: string, context: SealContext): Promise<Uint8Array>;
  decryptText(sealed: Uint8Array, context: SealContext): Promise<string>;
  /** Takes what JSON can hold; throws a TypeError for a value it can't (a function, undefined). */
  encryptJson(value: unknown, context: SealContext): Promise<Uint8Array>;
  /** The value as read: parse it with a schema before use. */
  decryptJson(sealed: Uint8Array, context: SealContext): Promise<unknown>;
  /**
   * HMAC-SHA-256 under this subject's key: the log's commitment to text that it may not hold. Once
   * the key is erased nobody can link or guess it any more.
   */
  keyedHash(purpose: string, value: string | Uint8Array): Promise<Uint8Array>;
};

/** Makes the key's functions from its 32 secret bytes, which the caller may wipe afterwards. */
export async function openKey(
  secretBytes: OwnBytes,
  subjectId: string,
  random: RandomBytes,
): Promise<SubjectKey> {
  const secret = await importSecret(secretBytes);
  const cipher = await deriveCipherKey(secret, "subject/encrypt");
  // Reads of evidence, which are many, never ask for it.
  let mac: Promise<CryptoKey> | undefined;
  const place = (context: SealContext): OwnBytes =>
    // A JSON list is unambiguous whatever its parts hold; joined text is not.
    utf8(JSON.stringify([subjectId, context.purpose, context.object, context.rendition ?? null]));

  const encrypt: SubjectKey["encrypt"] = (plaintext, context) =>
    sealBox(cipher, random, plaintext, place(context));
  const decrypt: SubjectKey["decrypt"] = (sealed, context) =>
    openBox(cipher, sealed, place(context));
  const decryptText: SubjectKey["decryptText"] = async (sealed, context) =>
    readAs("text", fromUtf8, await decrypt(sealed, context));

  return {
    subjectId,
    encrypt,
    decrypt,
    encryptText: (text, context) => encrypt(utf8(text), context),
    decryptText,
    async encryptJson(value, context) {
      // `stringify` is typed as giving a string, but it gives undefined for what JSON can't hold.
      const json: string | undefined = JSON.stringify(value);
      if (json === undefined) throw new TypeError("JSON can't hold this value; pass plain data.");
      return encrypt(utf8(json), context);
    },
    async decryptJson(sealed, context) {
      const parse = (text: string): unknown => JSON.parse(text);
      return readAs("JSON", parse, await decryptText(sealed, context));
    },
    async keyedHash(purpose, value) {
      const bytes = typeof value === "string" ? utf8(value) : ownBytes(value);
      const label = utf8(JSON.stringify(["commit", purpose]));
      const message = new Uint8Array(label.length + 1 + bytes.length);
      message.set(label);
      // JSON text holds no raw zero byte, so this one ends the label without doubt.
      message.set(bytes, label.length + 1);
      mac ??= deriveMacKey(secret, "subject/commit");
      return new Uint8Array(await crypto.subtle.sign("HMAC", await mac, message));
    },
  };
}

/** Bytes that authenticate but were sealed as something else are a mix-up in place, not new data. */
function readAs<From, To>(what: string, read: (from: From) => To, from: From): To {
  try {
    return read(from);
  } catch (cause) {
    // The cause could quote the content, and messages end in logs, so only its name is kept.
    const name = cause instanceof Error ? cause.name : "error";
    throw new VaultError("tampered", `The opened bytes are not ${what} (${name}).`);
  }
}

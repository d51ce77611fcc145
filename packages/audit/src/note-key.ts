import { concatBytes, fromBase64, toBase64, toHex, utf8 } from "./bytes.ts";
import { portableSha256 } from "./sha256.ts";

/** What a key signs (c2sp.org/signed-note): notes as they stand, or checkpoints it has witnessed. */
export type KeyUse = "note" | "cosignature";

/** A verifier key: whose, its id (8 hexadecimal digits), what it signs, its 32 bytes. */
export interface VerifierKey {
  readonly name: string;
  readonly id: string;
  readonly use: KeyUse;
  readonly publicKey: Uint8Array;
}

/** What is wrong with a note, a key or a checkpoint. `code` is stable; the message is a sentence. */
export class NoteError extends Error {
  override readonly name = "NoteError";
  readonly code: NoteErrorCode;

  constructor(code: NoteErrorCode, message: string) {
    super(message);
    this.code = code;
  }
}

export type NoteErrorCode =
  | "malformed_key"
  | "malformed_note"
  | "malformed_checkpoint"
  | "bad_signature"
  | "unsigned"
  | "wrong_origin";

/** Bytes of an Ed25519 public key, and of its seed. */
export const KEY_BYTES = 32;

const ALGORITHM: Record<KeyUse, number> = { note: 1, cosignature: 4 };

/** Whether a name may stand in a note: not empty, no Unicode space, no control, no plus. */
export function isKeyName(name: string): boolean {
  // \s lacks U+0085; Go's unicode.IsSpace, which other verifiers use, has it.
  // oxlint-disable-next-line no-control-regex -- control characters are what it looks for
  return name.isWellFormed() && /^[^\s+\u0000-\u001f\u007f\u0085]+$/u.test(name);
}

/**
 * Makes a verifier key, with its id: the first four bytes of
 * SHA-256(name || 0x0a || algorithm || public key).
 * @throws NoteError malformed_key
 */
export function verifierKey(
  name: string,
  publicKey: Uint8Array,
  use: KeyUse = "note",
): VerifierKey {
  if (!isKeyName(name)) {
    throw new NoteError(
      "malformed_key",
      "A key's name has no spaces, no plus sign, and is not empty.",
    );
  }
  if (publicKey.length !== KEY_BYTES) {
    throw new NoteError("malformed_key", "An Ed25519 public key has 32 bytes.");
  }
  const digest = portableSha256(concatBytes(utf8(`${name}\n`), [ALGORITHM[use]], publicKey));
  return { name, id: toHex(digest.subarray(0, 4)), use, publicKey };
}

/** The key as one string (a "vkey"): `name+id+base64(algorithm || public key)`. */
export function formatVerifierKey(key: VerifierKey): string {
  return `${key.name}+${key.id}+${toBase64(concatBytes([ALGORITHM[key.use]], key.publicKey))}`;
}

/**
 * Reads a vkey strictly: a wrong id, loose base64 or another algorithm is refused.
 * @throws NoteError malformed_key
 */
export function parseVerifierKey(vkey: string): VerifierKey {
  const [, name, id, encoded] = /^([^+]+)\+([0-9a-f]{8})\+(\S+)$/u.exec(vkey) ?? [];
  const bytes = fromBase64(encoded ?? "");
  if (name === undefined || id === undefined || bytes?.length !== 1 + KEY_BYTES) {
    throw new NoteError(
      "malformed_key",
      "The verifier key is not of the form name+id+key; copy it whole.",
    );
  }
  const use = bytes[0] === ALGORITHM.note ? "note" : "cosignature";
  if (bytes[0] !== ALGORITHM[use]) {
    throw new NoteError(
      "malformed_key",
      "The verifier key is of a kind that this program doesn't know.",
    );
  }
  const key = verifierKey(name, bytes.subarray(1), use);
  if (key.id !== id) {
    throw new NoteError(
      "malformed_key",
      "The verifier key's id does not belong to its name and bytes.",
    );
  }
  return key;
}

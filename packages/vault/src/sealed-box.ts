import type { RandomBytes } from "@secondlook/domain/ids";

import { type OwnBytes, ownBytes } from "./bytes.ts";
import { VaultError } from "./errors.ts";

/**
 * A sealed box is `version (1) ‖ nonce (12) ‖ ciphertext ‖ tag (16)`, AES-256-GCM (NIST SP 800-38D).
 * Random 96-bit nonces hold for 2^32 boxes under one key (section 8.3); a subject has a few dozen
 * and the wrapping key one for each subject.
 */
const VERSION = 1;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** How many bytes a box is longer than what it holds. */
export const BOX_OVERHEAD_BYTES = 1 + NONCE_BYTES + TAG_BYTES;

/** Seals bytes under a key; `associated` is authenticated with them but not stored. */
export async function sealBox(
  key: CryptoKey,
  random: RandomBytes,
  plaintext: Uint8Array,
  associated: OwnBytes,
): Promise<Uint8Array> {
  const nonce = freshNonce(random);
  const algorithm = { name: "AES-GCM", iv: nonce, additionalData: associated };
  const ciphertext = await crypto.subtle.encrypt(algorithm, key, ownBytes(plaintext));
  const box = new Uint8Array(1 + NONCE_BYTES + ciphertext.byteLength);
  box[0] = VERSION;
  box.set(nonce, 1);
  box.set(new Uint8Array(ciphertext), 1 + NONCE_BYTES);
  return box;
}

/**
 * Opens a box whole, or throws a VaultError (`tampered`, `unknown_version`); nothing of it is
 * released before all of it is authenticated.
 */
export async function openBox(
  key: CryptoKey,
  box: Uint8Array,
  associated: OwnBytes,
): Promise<OwnBytes> {
  if (box.length < BOX_OVERHEAD_BYTES) {
    throw new VaultError("tampered", "The sealed bytes are cut short; restore them from a backup.");
  }
  if (box[0] !== VERSION) {
    throw new VaultError(
      "unknown_version",
      `The sealed bytes are of version ${String(box[0])}, and this release reads ${VERSION}; use the release that wrote them.`,
    );
  }
  const bytes = ownBytes(box);
  const nonce = bytes.subarray(1, 1 + NONCE_BYTES);
  const algorithm = { name: "AES-GCM", iv: nonce, additionalData: associated };
  try {
    const sealed = bytes.subarray(1 + NONCE_BYTES);
    return new Uint8Array(await crypto.subtle.decrypt(algorithm, key, sealed));
  } catch (cause) {
    throw new VaultError(
      "tampered",
      "The sealed bytes do not open with this key for this purpose: they, their place or the key were changed.",
      { cause },
    );
  }
}

function freshNonce(random: RandomBytes): OwnBytes {
  const nonce = random(NONCE_BYTES);
  // A short nonce would be accepted by GCM and quietly repeat far sooner.
  if (nonce.length !== NONCE_BYTES) {
    throw new VaultError("bad_secret", "The random source gave too few bytes for a nonce.");
  }
  return ownBytes(nonce);
}

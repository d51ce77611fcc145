import { type OwnBytes, utf8 } from "./bytes.ts";

/**
 * Keys for one use each, from one secret, by HKDF-SHA-256 (RFC 5869) without a salt, which is sound
 * for a secret that is uniformly random. The label is the `info`: other labels give unrelated keys.
 */
const EMPTY: OwnBytes = new Uint8Array(0);

function hkdf(label: string): HkdfParams {
  return { name: "HKDF", hash: "SHA-256", salt: EMPTY, info: utf8(`secondlook/v1/${label}`) };
}

/** The secret as a key that can only derive others and can't be read out again. */
export function importSecret(secret: OwnBytes): Promise<CryptoKey> {
  return crypto.subtle.importKey("raw", secret, "HKDF", false, ["deriveKey", "deriveBits"]);
}

/** A 256-bit AES-GCM key. */
export function deriveCipherKey(secret: CryptoKey, label: string): Promise<CryptoKey> {
  const kind = { name: "AES-GCM", length: 256 };
  return crypto.subtle.deriveKey(hkdf(label), secret, kind, false, ["encrypt", "decrypt"]);
}

/** A 256-bit HMAC-SHA-256 key. */
export function deriveMacKey(secret: CryptoKey, label: string): Promise<CryptoKey> {
  const kind = { name: "HMAC", hash: "SHA-256", length: 256 };
  return crypto.subtle.deriveKey(hkdf(label), secret, kind, false, ["sign"]);
}

/** 32 bytes for uses outside this package, such as a password. */
export async function deriveBytes(secret: CryptoKey, label: string): Promise<Uint8Array> {
  return new Uint8Array(await crypto.subtle.deriveBits(hkdf(label), secret, 256));
}

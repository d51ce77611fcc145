import { sha256 } from "@noble/hashes/sha2.js";

/**
 * SHA-256 as a synchronous function: 32 bytes of the input's hash.
 *
 * A tree needs one or two hashes a leaf; `crypto.subtle` gives a promise for each, which costs more
 * than the hash. So the hash is a parameter: Node hands in `node:crypto`, others take the default.
 */
export type Sha256 = (bytes: Uint8Array) => Uint8Array;

/** The same in Node and in browsers. */
export const portableSha256: Sha256 = (bytes) => sha256(bytes);

import { concatBytes, fromBase64 } from "./bytes.ts";
import { formatNote, type NoteSignature, signedMessage } from "./note.ts";
import { KEY_BYTES, type KeyUse, NoteError, type VerifierKey, verifierKey } from "./note-key.ts";

/** Signs texts with one key. A key service implements the same two fields. */
export interface NoteSigner {
  readonly key: VerifierKey;
  /** The raw Ed25519 signature (64 bytes) over the bytes. */
  sign(message: Uint8Array<ArrayBuffer>): Promise<Uint8Array>;
}

/** PKCS #8 (RFC 8410) of an Ed25519 private key, up to its seed: WebCrypto takes no raw seed. */
const PKCS8_HEAD = [
  0x30, 0x2e, 0x02, 0x01, 0x00, 0x30, 0x05, 0x06, 0x03, 0x2b, 0x65, 0x70, 0x04, 0x22, 0x04, 0x20,
];

/**
 * A signer from an Ed25519 seed (32 random bytes, to be kept secret).
 * @throws NoteError malformed_key for a wrong length or name
 */
export async function signerFromSeed(
  name: string,
  seed: Uint8Array,
  use: KeyUse = "note",
): Promise<NoteSigner> {
  if (seed.length !== KEY_BYTES)
    throw new NoteError("malformed_key", "An Ed25519 seed has 32 bytes.");
  const pkcs8 = concatBytes(PKCS8_HEAD, seed);
  const exportable = await crypto.subtle.importKey("pkcs8", pkcs8, "Ed25519", true, ["sign"]);
  // WebCrypto derives no public key; the JWK of a private key states it.
  const { x } = await crypto.subtle.exportKey("jwk", exportable);
  const publicKey = fromBase64(`${(x ?? "").replaceAll("-", "+").replaceAll("_", "/")}=`);
  if (publicKey === undefined)
    throw new NoteError("malformed_key", "The seed gives no public key.");
  const privateKey = await crypto.subtle.importKey("pkcs8", pkcs8, "Ed25519", false, ["sign"]);
  return {
    key: verifierKey(name, publicKey, use),
    sign: async (message) =>
      new Uint8Array(await crypto.subtle.sign("Ed25519", privateKey, message)),
  };
}

/** Signs a text that ends with a newline. */
export async function signNote(text: string, signers: readonly NoteSigner[]): Promise<string> {
  if (!text.endsWith("\n"))
    throw new NoteError("malformed_note", "A note's text ends with a newline.");
  const signatures = await Promise.all(
    signers.map(async (signer): Promise<NoteSignature> => {
      const { key } = signer;
      if (key.use !== "note") {
        throw new NoteError("malformed_key", "A witness's key signs checkpoints by `cosign` only.");
      }
      const signature = await signer.sign(signedMessage(text, key));
      return { name: key.name, keyId: key.id, signature };
    }),
  );
  return formatNote(text, signatures);
}

/**
 * A witness's signature line for a checkpoint's text (c2sp.org/tlog-cosignature, version 1).
 * @param timestamp seconds since 1970, whole
 */
export async function cosign(
  text: string,
  signer: NoteSigner,
  timestamp: number,
): Promise<NoteSignature> {
  const { key } = signer;
  if (key.use !== "cosignature" || !Number.isSafeInteger(timestamp) || timestamp < 0) {
    throw new NoteError(
      "malformed_key",
      "A cosignature needs a witness's key and a whole time in seconds.",
    );
  }
  const stamp = new Uint8Array(8);
  new DataView(stamp.buffer).setBigUint64(0, BigInt(timestamp));
  const signature = await signer.sign(signedMessage(text, key, timestamp));
  return { name: key.name, keyId: key.id, signature: concatBytes(stamp, signature) };
}

/**
 * - `tampered`: the bytes, their context or the key are not the ones they were sealed with. GCM
 *   cannot tell which, so neither do we.
 * - `unknown_version`: sealed by a later release.
 * - `erased`: the subject's key was destroyed; nothing can bring the data back.
 * - `bad_secret`: a secret is missing, has the wrong length or can be read by others.
 * - `bad_id`: not an id that may name an object.
 */
export type VaultErrorCode = "tampered" | "unknown_version" | "erased" | "bad_secret" | "bad_id";

/** What the vault refuses, with a code to switch on. Messages never hold personal data. */
export class VaultError extends Error {
  override readonly name = "VaultError";
  readonly code: VaultErrorCode;

  constructor(code: VaultErrorCode, message: string, options?: ErrorOptions) {
    super(message, options);
    this.code = code;
  }
}

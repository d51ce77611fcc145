import { VaultError } from "./errors.ts";

export type StoredObject = { readonly id: string; readonly modifiedAt: Date };

/**
 * Where sealed objects lie. It sees ciphertext only. An id that may not name an object is refused
 * with a VaultError (`bad_id`) by every method, before anything is touched.
 */
export type ObjectStore = {
  /** Resolves once the whole object would outlive a power cut; before that readers see none of it. */
  put(id: string, bytes: Uint8Array): Promise<void>;
  /** The whole object, or undefined where there is none. */
  get(id: string): Promise<Uint8Array | undefined>;
  /** Resolves once the object is gone for good; deleting one that isn't there is no error. */
  delete(id: string): Promise<void>;
  /** Every object, in no order, for the sweep of orphans; ones put meanwhile may be left out. */
  list(): AsyncIterable<StoredObject>;
};

const OBJECT_ID = /^[a-z]{3}_[0-9A-Za-z]{1,26}$/;

/** Whether a string may name an object: never a path, a hidden file or a temporary one. */
export function isObjectId(id: string): boolean {
  return OBJECT_ID.test(id);
}

/** Throws a VaultError unless the id may name an object. The id itself stays out of the message. */
export function assertObjectId(id: string): void {
  if (!isObjectId(id)) {
    throw new VaultError("bad_id", "This is not an object's id; use one made by `newId`.");
  }
}

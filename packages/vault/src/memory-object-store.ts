import { assertObjectId, type ObjectStore } from "./object-store.ts";

/** Objects in memory, for tests and mock mode; gone with the process. */
export function createMemoryObjectStore(now: () => Date): ObjectStore {
  const objects = new Map<string, { readonly bytes: Uint8Array; readonly modifiedAt: Date }>();
  return {
    async put(id, bytes) {
      assertObjectId(id);
      // A copy, so that a caller who reuses its buffer doesn't change what is stored.
      objects.set(id, { bytes: bytes.slice(), modifiedAt: now() });
    },
    async get(id) {
      assertObjectId(id);
      return objects.get(id)?.bytes.slice();
    },
    async delete(id) {
      assertObjectId(id);
      objects.delete(id);
    },
    async *list() {
      for (const [id, { modifiedAt }] of objects) yield { id, modifiedAt };
    },
  };
}

import { describe, expect, test } from "vitest";

import { createMemoryObjectStore } from "./memory-object-store.ts";
import { isObjectId } from "./object-store.ts";

describe("the object store in memory", () => {
  test("keeps a copy of its own, on the way in and on the way out", async () => {
    const store = createMemoryObjectStore(() => new Date(5));
    const bytes = new Uint8Array([1, 2]);
    await store.put("obj_a", bytes);
    bytes[0] = 9;
    const first = await store.get("obj_a");
    expect(first).toEqual(new Uint8Array([1, 2]));
    first?.fill(0);
    expect(await store.get("obj_a")).toEqual(new Uint8Array([1, 2]));
    expect(await Array.fromAsync(store.list())).toEqual([{ id: "obj_a", modifiedAt: new Date(5) }]);
  });

  test("deletes once or twice alike", async () => {
    const store = createMemoryObjectStore(() => new Date(5));
    await store.put("obj_a", new Uint8Array(1));
    await store.delete("obj_a");
    await store.delete("obj_a");
    expect(await store.get("obj_a")).toBeUndefined();
  });

  test("takes no name that could be a path", async () => {
    for (const id of ["", "obj_", "../obj_a", "obj_a/b", "obj_a.tmp", "OBJ_a", "obj_a\n", "ob_a"]) {
      expect(isObjectId(id)).toBe(false);
      const store = createMemoryObjectStore(() => new Date(5));
      await expect(store.get(id)).rejects.toMatchObject({ code: "bad_id" });
    }
    expect(isObjectId("obj_0123456789abcdefghijABCDEF")).toBe(true);
    expect(isObjectId("obj_0123456789abcdefghijABCDEFG")).toBe(false);
  });
});

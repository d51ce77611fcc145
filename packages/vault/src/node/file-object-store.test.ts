import { mkdir, mkdtemp, readdir, rm, stat, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { newId, systemRandom } from "@secondlook/domain/ids";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import type { ObjectStore } from "../object-store.ts";
import { openFileObjectStore } from "./file-object-store.ts";

let folder = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "secondlook-objects-"));
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function openStore(): Promise<ObjectStore> {
  return openFileObjectStore({ folder: join(folder, "objects"), random: systemRandom });
}

async function filesBelow(): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

describe("the object store on disk", () => {
  test("gives back what was put, also after it is opened again", async () => {
    const ids = Array.from({ length: 40 }, () => newId("object", systemRandom));
    const store = await openStore();
    await Promise.all(ids.map((id) => store.put(id, new TextEncoder().encode(id))));
    const again = await openStore();
    for (const id of ids) expect(new TextDecoder().decode(await again.get(id))).toBe(id);
    const listed = await Array.fromAsync(again.list());
    expect(listed.map(({ id }) => id).toSorted()).toEqual(ids.toSorted());
    for (const { modifiedAt } of listed) expect(modifiedAt).toBeInstanceOf(Date);
  });

  test("says undefined for what isn't there, and deletes once or twice alike", async () => {
    const store = await openStore();
    expect(await store.get("obj_missing")).toBeUndefined();
    await store.delete("obj_missing");
    await store.put("obj_a", new Uint8Array([1]));
    await store.delete("obj_a");
    await store.delete("obj_a");
    expect(await store.get("obj_a")).toBeUndefined();
    expect(await Array.fromAsync(store.list())).toEqual([]);
  });

  test("readers see an object whole or not at all, also while it is replaced", async () => {
    const store = await openStore();
    const length = 400_000;
    await store.put("obj_a", new Uint8Array(length));
    const writing = (async () => {
      for (let round = 1; round <= 25; round++) {
        await store.put("obj_a", new Uint8Array(length).fill(round));
      }
    })();
    for (let reads = 0; reads < 100; reads++) {
      const bytes = await store.get("obj_a");
      expect(bytes?.length).toBe(length);
      expect(bytes?.every((byte) => byte === bytes[0])).toBe(true);
    }
    await writing;
    expect(await filesBelow()).toHaveLength(1);
  });

  test("lists nothing half written, and removes it an hour later: at a start, or when it lists", async () => {
    const store = await openStore();
    await store.put("obj_a", new Uint8Array([1]));
    const left = join(folder, "objects", "incoming", "obj_b.0011");
    await writeFile(left, "half");
    expect((await Array.fromAsync(store.list())).map(({ id }) => id)).toEqual(["obj_a"]);
    await openStore();
    expect(await filesBelow(), "another process may still be writing it").toHaveLength(2);
    const longAgo = new Date(Date.now() - 2 * 60 * 60 * 1000);
    await utimes(left, longAgo, longAgo);
    const again = await openStore();
    expect(await filesBelow()).toHaveLength(1);
    expect(await again.get("obj_a")).toEqual(Buffer.from([1]));
    await writeFile(left, "half");
    await utimes(left, longAgo, longAgo);
    expect(await Array.fromAsync(again.list())).toHaveLength(1);
    expect(await filesBelow()).toHaveLength(1);
  });

  test("a process that opens the folder disturbs no write of another", async () => {
    const store = await openStore();
    const ids = Array.from({ length: 30 }, () => newId("object", systemRandom));
    const writing = Promise.all(ids.map((id) => store.put(id, new Uint8Array(200_000))));
    const opening = Promise.all(ids.map(() => openStore()));
    await Promise.all([writing, opening]);
    expect(await filesBelow()).toHaveLength(ids.length);
  });

  test("leaves nothing behind when a write fails", async () => {
    const store = await openStore();
    // A folder where the object should go makes the rename fail.
    await mkdir(join(folder, "objects", "a", "b", "obj_ab1"), { recursive: true });
    await expect(store.put("obj_ab1", new Uint8Array([1]))).rejects.toThrow(/EISDIR/);
    expect(await filesBelow()).toEqual([]);
  });

  test("a folder that can't be made refuses one put, not every later one", async () => {
    const store = await openStore();
    await writeFile(join(folder, "objects", "a"), "in the way");
    await expect(store.put("obj_ab1", new Uint8Array([1]))).rejects.toThrow(/ENOTDIR|EEXIST/);
    await rm(join(folder, "objects", "a"));
    await store.put("obj_ab1", new Uint8Array([1]));
    expect(await store.get("obj_ab1")).toEqual(Buffer.from([1]));
    await rm(join(folder, "objects", "a"), { recursive: true });
    await expect(store.put("obj_ab1", new Uint8Array([1]))).rejects.toThrow(/ENOENT/);
    await store.put("obj_ab1", new Uint8Array([1]));
  });

  test("lets nobody but its owner read files or enter folders", async () => {
    const store = await openStore();
    await store.put("obj_ab1", new Uint8Array([1]));
    const modeOf = async (...parts: string[]) =>
      (await stat(join(folder, "objects", ...parts))).mode & 0o777;
    expect(await modeOf()).toBe(0o700);
    expect(await modeOf("incoming")).toBe(0o700);
    expect(await modeOf("a")).toBe(0o700);
    expect(await modeOf("a", "b")).toBe(0o700);
    expect(await modeOf("a", "b", "obj_ab1")).toBe(0o600);
  });

  test("refuses an id that is a path, in every method", async () => {
    const store = await openStore();
    for (const id of ["../../etc", "obj_a/../b", "obj_", "incoming"]) {
      const refusal = { code: "bad_id" };
      await expect(store.put(id, new Uint8Array(1))).rejects.toMatchObject(refusal);
      await expect(store.get(id)).rejects.toMatchObject(refusal);
      await expect(store.delete(id)).rejects.toMatchObject(refusal);
    }
    expect(await filesBelow()).toEqual([]);
  });

  test("takes the shortest id", async () => {
    const store = await openStore();
    await store.put("obj_a", new Uint8Array([1]));
    await store.put("obj_aa", new Uint8Array([2]));
    expect((await Array.fromAsync(store.list())).length).toBe(2);
  });
});

import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

import { systemRandom } from "@secondlook/domain/ids";
import { afterEach, beforeEach, describe, expect, test } from "vitest";

import { loadOrCreateSecretFile, type SecretFile } from "./root-key.ts";

let folder = "";
let path = "";
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "secondlook-secret-"));
  path = join(folder, "root.key");
});
afterEach(() => rm(folder, { recursive: true, force: true }));

function load(): Promise<SecretFile> {
  return loadOrCreateSecretFile(path, 32, systemRandom);
}

describe("a secret file", () => {
  test("is made once, readable by its owner only, and read afterwards", async () => {
    const first = await load();
    expect(first.created).toBe(true);
    expect(first.bytes).toHaveLength(32);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(await load()).toEqual({ bytes: first.bytes, created: false });
    expect(await readdir(folder)).toEqual(["root.key"]);
  });

  test("is made once when many start at the same moment", async () => {
    const loaded = await Promise.all(Array.from({ length: 20 }, load));
    expect(new Set(loaded.map(({ bytes }) => bytes.join())).size).toBe(1);
    expect(loaded.filter(({ created }) => created)).toHaveLength(1);
    expect(await readdir(folder)).toEqual(["root.key"]);
  });

  test("is refused while others may read it, and is left as it was", async () => {
    const { bytes } = await load();
    for (const mode of [0o640, 0o604, 0o620, 0o666]) {
      await chmod(path, mode);
      await expect(load()).rejects.toThrow(/can be read or changed by others .*chmod 600/);
    }
    expect(new Uint8Array(await readFile(path))).toEqual(bytes);
  });

  test("is refused and never overwritten when its length is wrong", async () => {
    await writeFile(path, "short", { mode: 0o600 });
    await expect(load()).rejects.toThrow(/has 5 bytes and must have 32; restore it/);
    expect(await readFile(path, "utf8")).toBe("short");
  });

  test("is refused when it is a folder", async () => {
    await mkdir(path);
    await expect(load()).rejects.toMatchObject({ code: "bad_secret" });
  });

  test("leaves nothing behind when the random source runs short", async () => {
    const dry = () => new Uint8Array(3);
    await expect(loadOrCreateSecretFile(path, 32, dry)).rejects.toMatchObject({
      code: "bad_secret",
    });
    expect(await readdir(folder)).toEqual([]);
  });
});

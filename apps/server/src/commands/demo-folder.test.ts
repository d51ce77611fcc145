import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openDemoFolder } from "./demo-folder.ts";

let parent = "";
beforeAll(async () => {
  parent = await mkdtemp(join(tmpdir(), "secondlook-demo-"));
});
afterAll(() => rm(parent, { recursive: true }));

const options = (changes: object): Parameters<typeof openDemoFolder>[0] => ({
  count: "3",
  seed: "1",
  out: join(parent, "new"),
  ...changes,
});

describe("demo people and demo cases", () => {
  it("take a count, a seed and a folder, which they make", async () => {
    const opened = await openDemoFolder(options({}));
    expect(opened).toEqual({ count: 3, seed: 1, folder: join(parent, "new") });
    expect(await readdir(opened.folder)).toEqual([]);
  });

  it.each([
    [{ count: "0" }, "--count must be a whole number from 1 to 100000, not “0”."],
    [{ count: "1e3" }, "--count must be a whole number from 1 to 100000, not “1e3”."],
    [{ count: "many" }, "--count must be a whole number from 1 to 100000, not “many”."],
    [{ seed: "-1" }, "--seed must be a whole number, not “-1”."],
    [{ seed: "9".repeat(20) }, "--seed must be a whole number, not"],
  ])("say what is wrong with %o, and make nothing", async (changes, sentence) => {
    const out = join(parent, "untouched");
    await expect(openDemoFolder(options({ ...changes, out }))).rejects.toThrow(sentence);
    expect(await readdir(parent)).not.toContain("untouched");
  });

  it("leave a folder alone that holds something, or that is none", async () => {
    await writeFile(join(parent, "kept"), "");
    await expect(openDemoFolder(options({ out: parent }))).rejects.toThrow("is not empty");
    await expect(openDemoFolder(options({ out: join(parent, "kept") }))).rejects.toThrow(
      "can't be made or read; name another folder with --out.",
    );
  });
});

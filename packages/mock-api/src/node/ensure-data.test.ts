import { spawnSync } from "node:child_process";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, test } from "vitest";
import { ensureFolder } from "./ensure-data.ts";

const KEY = "0123456789abcdef";
let cache: string;

beforeEach(async () => {
  cache = await mkdtemp(join(tmpdir(), "secondlook-mock-data-"));
});
afterEach(() => rm(cache, { recursive: true, force: true }));

const write = (folder: string): Promise<void> => writeFile(join(folder, "database"), "whole");

/** The number of a process that is over. */
function deadProcess(): number {
  const { pid } = spawnSync(process.execPath, ["--version"]);
  return pid;
}

test("data is under its name only once it is whole", async () => {
  const folder = await ensureFolder(cache, KEY, async (unfinished) => {
    await write(unfinished);
    expect(await readdir(cache)).toEqual([`${KEY}.${process.pid}`]);
  });
  expect(await readdir(cache)).toEqual([KEY]);
  expect(await readdir(folder)).toEqual(["database"]);
});

test("what fails on the way leaves nothing behind", async () => {
  const made = ensureFolder(cache, KEY, () => Promise.reject(new Error("the disk is full")));
  await expect(made).rejects.toThrow("the disk is full");
  expect(await readdir(cache)).toEqual([]);
});

test("what a killed process left goes with the next run, also where nothing has to be made", async () => {
  await ensureFolder(cache, KEY, write);
  const left = `fedcba9876543210.${deadProcess()}`;
  const running = `fedcba9876543210.${process.ppid}`;
  await mkdir(join(cache, left, "objects"), { recursive: true });
  await mkdir(join(cache, running));
  await mkdir(join(cache, "screenshots"));
  await ensureFolder(cache, KEY, () => Promise.reject(new Error("it was made already")));
  expect((await readdir(cache)).toSorted()).toEqual([KEY, running, "screenshots"].toSorted());
});

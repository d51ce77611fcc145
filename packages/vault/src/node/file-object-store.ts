import { mkdir, readdir, readFile, rename, rm, stat, unlink } from "node:fs/promises";
import { dirname, join, resolve } from "node:path";

import type { RandomBytes } from "@secondlook/domain/ids";

import {
  assertObjectId,
  isObjectId,
  type ObjectStore,
  type StoredObject,
} from "../object-store.ts";
import { hasCode, makePrivateFolder, syncFolder, writePrivateFile } from "./durable.ts";

/** Objects are written here first: one short folder to clean at start, however many objects lie. */
const INCOMING = "incoming";
/** A write takes seconds, so what is older was left half written by a process that was killed. */
const LEFT_MS = 60 * 60 * 1000;

/**
 * Objects as files `<folder>/<a>/<b>/<id>`, a and b being the first two random letters of the id
 * (at most 62 × 62 folders, so a million objects are about 260 to a folder).
 *
 * Several processes may use one folder: a second server, a command beside the server. Opening it
 * removes what a killed one left half written, as listing does, and nothing that another may be
 * writing now.
 */
export async function openFileObjectStore(options: {
  readonly folder: string;
  readonly random: RandomBytes;
}): Promise<ObjectStore> {
  const root = resolve(options.folder);
  const incoming = join(root, INCOMING);
  await mkdir(root, { recursive: true, mode: 0o700 });
  await makePrivateFolder(incoming);
  await removeLeftOvers(incoming);
  await syncFolder(root);
  await syncFolder(dirname(root));

  // Each folder is made and flushed once a process. All puts into it wait for that: one that finds
  // the folder there, but not yet flushed by another, could otherwise resolve and then be lost.
  const ready = new Map<string, Promise<void>>();
  function readyFolder(folder: string): Promise<void> {
    const known = ready.get(folder);
    if (known !== undefined) return known;
    const made = makeFolder(folder);
    ready.set(folder, made);
    return made;
  }
  async function makeFolder(folder: string): Promise<void> {
    const parent = dirname(folder);
    if (parent !== root) await readyFolder(parent);
    await makePrivateFolder(folder);
    await syncFolder(parent);
  }

  function folderOf(id: string): string {
    const tail = id.slice(4);
    return join(root, tail.slice(0, 1), tail.slice(1, 2) || "_");
  }

  return {
    async put(id, bytes) {
      assertObjectId(id);
      const folder = folderOf(id);
      const temporary = join(incoming, `${id}.${hex(options.random(8))}`);
      try {
        await readyFolder(folder);
        await writePrivateFile(temporary, bytes);
        await rename(temporary, join(folder, id));
      } catch (error) {
        // Somebody may have changed the folders; look at them anew next time.
        ready.clear();
        await rm(temporary, { force: true });
        throw error;
      }
      await syncFolder(folder);
    },
    async get(id) {
      assertObjectId(id);
      return unlessMissing(() => readFile(join(folderOf(id), id)));
    },
    async delete(id) {
      assertObjectId(id);
      const folder = folderOf(id);
      await unlessMissing(() => unlink(join(folder, id)));
      await unlessMissing(() => syncFolder(folder));
    },
    async *list() {
      // Whoever lists sweeps: a server that runs for months has no other start to do it at.
      await removeLeftOvers(incoming);
      yield* listObjects(root);
    },
  };
}

async function removeLeftOvers(incoming: string): Promise<void> {
  const latest = Date.now() - LEFT_MS;
  for (const name of await readdir(incoming)) {
    const path = join(incoming, name);
    const found = await unlessMissing(() => stat(path));
    if (found !== undefined && found.mtimeMs < latest) await rm(path, { force: true });
  }
}

async function* listObjects(root: string): AsyncGenerator<StoredObject> {
  for (const first of await folders(root)) {
    if (first === INCOMING) continue;
    for (const second of await folders(join(root, first))) {
      const folder = join(root, first, second);
      for (const id of await readdir(folder)) {
        if (!isObjectId(id)) continue;
        const found = await unlessMissing(() => stat(join(folder, id)));
        if (found !== undefined) yield { id, modifiedAt: found.mtime };
      }
    }
  }
}

async function folders(parent: string): Promise<string[]> {
  const entries = await readdir(parent, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}

async function unlessMissing<T>(read: () => Promise<T>): Promise<T | undefined> {
  try {
    return await read();
  } catch (error) {
    if (hasCode(error, "ENOENT")) return undefined;
    throw error;
  }
}

function hex(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("hex");
}

import type { ObjectStore } from "@secondlook/vault/object-store";
import { createMemoryObjectStore } from "@secondlook/vault/memory-object-store";
import { z } from "zod";
import { preparedFileSchema } from "./prepared-file.ts";

/** Where the made data lies: a folder on disk, or the same behind Vite. */
export interface DataSource {
  /** Undefined where there is no such file. */
  read(path: string): Promise<Uint8Array<ArrayBuffer> | undefined>;
}

/** Beside the database's dump: what stands in it, and which files scenarios may send. */
export const mockIndexSchema = z.object({
  /** When the dump was made, by its own clock; a page goes on from there. */
  startAt: z.iso.datetime().transform((text) => new Date(text)),
  /** The demo's cases: the name of each and the external id it was sent under. */
  cases: z.record(z.string(), z.string()),
  /** Prepared files by name. */
  files: z.record(z.string(), preparedFileSchema),
});
export type MockIndex = z.output<typeof mockIndexSchema>;

/** Under this address Vite serves the folder; the console itself has nothing there. */
export const DATA_ADDRESS = "/@mock/";
/** And under this one PGlite's own files. */
export const PGLITE_ADDRESS = `${DATA_ADDRESS}pglite/`;
export const INDEX_FILE = "index.json";
/** A gzipped tar; neutral, because servers treat names that end in `.tar` or `.gz` in ways of their own. */
export const DATABASE_FILE = "database";
export const objectFile = (id: string): string => `objects/${id}`;
export const renditionFile = (name: string, rendition: string): string =>
  `files/${name}.${rendition}`;

/** The data was never made, or not whole. */
class MockDataError extends Error {
  override readonly name = "MockDataError";
}

/** Reads a file that has to be there. Throws MockDataError. */
export async function readWhole(
  source: DataSource,
  path: string,
): Promise<Uint8Array<ArrayBuffer>> {
  const bytes = await source.read(path);
  if (bytes === undefined) {
    throw new MockDataError(
      `Mock mode's data lacks ${path}; delete the folder .mock and start again to have it made anew.`,
    );
  }
  return bytes;
}

/** The objects of the dump, each read when it is first asked for, and new ones in memory over them. */
export function createPackedObjects(source: DataSource, now: () => Date): ObjectStore {
  const memory = createMemoryObjectStore(now);
  return {
    put: (id, bytes) => memory.put(id, bytes),
    get: async (id) => (await memory.get(id)) ?? source.read(objectFile(id)),
    delete: (id) => memory.delete(id),
    list: () => memory.list(),
  };
}

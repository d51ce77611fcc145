import type { PGlite } from "@electric-sql/pglite";
import type { SessionCarrier } from "@secondlook/api/deps";
import { type Backend, createBackend } from "./backend.ts";
import {
  createPackedObjects,
  DATABASE_FILE,
  type DataSource,
  INDEX_FILE,
  type MockIndex,
  mockIndexSchema,
  readWhole,
} from "./mock-data.ts";
import { seededRandom } from "./seeded-random.ts";
import { createSmallPglite } from "./small-pglite.ts";
import { DumpedFiles } from "./dumped-files.ts";
import type { PgliteParts } from "./pglite-parts.ts";
import { createStandInPreparer } from "./stand-in-preparer.ts";

/** A backend with the demo's cases, and what is known of them. */
export interface OpenMock extends Backend {
  readonly index: MockIndex;
  readonly pglite: PGlite;
}

/** Opens the made data as it was dumped. The same seed gives the same ids and orders from here on. */
export async function openMock(options: {
  readonly source: DataSource;
  readonly seed: number;
  readonly session: SessionCarrier;
  readonly onFault: (message: string, cause: unknown) => void;
  /** Where they were asked for already; PGlite otherwise looks for them beside itself. */
  readonly parts?: Promise<PgliteParts> | undefined;
}): Promise<OpenMock> {
  const { source } = options;
  const [indexBytes, dump, parts] = await Promise.all([
    readWhole(source, INDEX_FILE),
    readWhole(source, DATABASE_FILE).then(gunzip),
    options.parts,
  ]);
  const index = mockIndexSchema.parse(JSON.parse(new TextDecoder().decode(indexBytes)));
  const pglite = await createSmallPglite({
    ...parts,
    fs: new DumpedFiles(dump),
    relaxedDurability: true,
  });
  const backend = await createBackend({
    pglite,
    objects: createPackedObjects(source, () => new Date()),
    media: createStandInPreparer(index, source),
    session: options.session,
    startAt: index.startAt,
    // Apart from the seed of the dump, or the first new id would be one that is there already.
    random: seededRandom((options.seed ^ 0x5ec0_4d10) >>> 0),
    onFault: options.onFault,
  });
  return { ...backend, index, pglite };
}

async function gunzip(bytes: Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
  const plain = new Blob([bytes]).stream().pipeThrough(new DecompressionStream("gzip"));
  return new Uint8Array(await new Response(plain).arrayBuffer());
}

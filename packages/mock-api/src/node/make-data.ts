import { loadMigrations } from "@secondlook/db/load-migrations";
import { loadRecentHistory } from "@secondlook/api/history/load-recent-history";
import { demoBundles } from "@secondlook/demo/demo-cases";
import { demoSet } from "@secondlook/demo/demo-set";
import { demoWeeksTeam, makeDemoWeeks } from "@secondlook/demo/demo-weeks";
import { demoStaff } from "@secondlook/demo/staff";
import type { MediaPreparer } from "@secondlook/domain/evidence/prepared";
import { addDays, reportingDay } from "@secondlook/domain/insights/reporting-day";
import { POLICY_V1 } from "@secondlook/domain/policy/policy-v1";
import { createMediaPreparer } from "@secondlook/media/preparer";
import { createMemoryObjectStore } from "@secondlook/vault/memory-object-store";
import type { ObjectStore } from "@secondlook/vault/object-store";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { gzip as gzipCallback } from "node:zlib";
import { type Backend, createBackend } from "../backend.ts";
import { addPeople, INGEST_KEY, install, SOURCE } from "../install.ts";
import { DATABASE_FILE, INDEX_FILE, objectFile, renditionFile } from "../mock-data.ts";
import { seededRandom } from "../seeded-random.ts";
import { createSessionJar } from "../session-jar.ts";
import { drawKnownFiles } from "./known-files.ts";
import { slimDump } from "./slim-dump.ts";
import { type PreparedFile, preparedFileSchema } from "../prepared-file.ts";

const gzip = promisify(gzipCallback);
const SEED = 7;
/** A working morning. The clock of every page starts here, so that pictures of screens compare. */
const START_AT = new Date("2026-11-20T09:00:00Z");

/** The cases made by hand and some more: all sixty would take several minutes to draw. */
const PLANS = demoSet.slice(0, 24);

/** A step of the making, for a progress line. */
export type Progress = (done: number, of: number, what: string) => void;

/**
 * Makes mock mode's data in this folder: migrates a PGlite, sends the demo's cases through the real
 * ingest after two weeks of made-up history, and prepares the files that scenarios send.
 */
export async function makeData(folder: string, progress: Progress): Promise<void> {
  await mkdir(join(folder, "objects"), { recursive: true });
  await mkdir(join(folder, "files"), { recursive: true });
  const media = createMediaPreparer();
  try {
    const pglite = await install(await loadMigrations(), POLICY_V1, START_AT);
    const backend = await createBackend({
      pglite,
      objects: createFolderStore(folder),
      media,
      session: createSessionJar(),
      startAt: START_AT,
      random: seededRandom(SEED),
      onFault: (message, cause) => {
        throw new Error(message, { cause });
      },
    });
    await addPeople(backend, demoStaff);
    await loadRecentHistory(backend.deps, backend.superuser, {
      demoSource: SOURCE,
      make: () => makeDemoWeeks(addDays(reportingDay(START_AT, "UTC"), -1)),
      team: demoWeeksTeam,
    });
    const files = await prepareKnown(media, folder);
    const cases = await sendCases(backend, progress);
    await backend.catchUp();
    const index = { startAt: backend.clock.now().toISOString(), cases, files };
    await writeFile(join(folder, DATABASE_FILE), await gzip(await slimDump(pglite)));
    await writeFile(join(folder, INDEX_FILE), JSON.stringify(index));
    await pglite.close();
  } finally {
    await media.close();
  }
}

/** Prepares the known files and keeps what may be served of each. */
async function prepareKnown(
  media: MediaPreparer,
  folder: string,
): Promise<Record<string, PreparedFile>> {
  const files: Record<string, PreparedFile> = {};
  for (const [name, { type, bytes, faceBox }] of Object.entries(await drawKnownFiles())) {
    const result =
      type === "clip"
        ? await media.prepareClip({ bytes })
        : await media.preparePhoto({ bytes, ...(faceBox === undefined ? {} : { faceBox }) });
    if (!result.ok) throw new Error(`The file ${name} was refused: ${result.refusal.message}`);
    const renditions = result.value.renditions.filter((each) => each.name !== "original");
    for (const rendition of renditions) {
      await writeFile(join(folder, renditionFile(name, rendition.name)), rendition.bytes);
    }
    files[name] = preparedFileSchema.parse({ faceBox, prepared: { ...result.value, renditions } });
  }
  return files;
}

async function sendCases(backend: Backend, progress: Progress): Promise<Record<string, string>> {
  const cases: Record<string, string> = {};
  const externalIds = new Map(PLANS.map((plan) => [plan.name, plan.externalId]));
  let done = 0;
  progress(done, PLANS.length, "cases drawn and prepared");
  for await (const bundle of demoBundles({ seed: SEED, now: START_AT, plans: PLANS })) {
    const form = new FormData();
    form.set("case", new Blob([JSON.stringify(bundle.case)], { type: "application/json" }));
    for (const [ref, file] of bundle.files) {
      form.set(ref, new Blob([new Uint8Array(file.bytes)], { type: file.mediaType }), ref);
    }
    const request = new Request("http://mock.invalid/v1/cases", {
      method: "POST",
      headers: { authorization: `Bearer ${INGEST_KEY}` },
      body: form,
    });
    const response = await backend.fetch(request);
    if (response.status !== 201) {
      throw new Error(`The demo case ${bundle.name} was refused: ${await response.text()}`);
    }
    cases[bundle.name] = externalIds.get(bundle.name) ?? "";
    done += 1;
    progress(done, PLANS.length, "cases drawn and prepared");
  }
  return cases;
}

/** Keeps what may be served as files; originals never are, and would double the size. */
function createFolderStore(folder: string): ObjectStore {
  const index = createMemoryObjectStore(() => START_AT);
  return {
    ...index,
    put: (id, bytes) => writeFile(join(folder, objectFile(id)), bytes),
  };
}

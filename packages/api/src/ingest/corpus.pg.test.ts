import { existsSync, globSync } from "node:fs";
import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CaseBody, caseBody } from "@secondlook/testkit/api/case-payload";
import { realPhoto } from "@secondlook/testkit/api/real-files";
import { seededRandom } from "@secondlook/testkit/api/seeded-random";
import { createTestApp, type TestApp } from "@secondlook/testkit/api/test-app";
import { openFileObjectStore } from "@secondlook/vault/node/file-object-store";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { z } from "zod";

/** Files that others made, beside the checkout and never in it; SOURCES.md there tells whose. */
const corpus = join(import.meta.dirname, "../../../../../shared/testdata");
const present = existsSync(join(corpus, "SOURCES.md"));
if (!present) console.warn("Skipped: no ../shared/testdata beside the checkout.");

/** What is refused, with which status. Everything else in the folders is good. */
const REFUSED: Readonly<Record<string, 413 | 415 | 422>> = {
  "images/65536-uint32-limit.png": 413,
  "images/badadler.png": 422,
  "images/badcrc.png": 422,
  "images/broken.png": 422,
  "images/corrupt-header.jpg": 422,
  "images/decompression_bomb.gif": 415,
  "images/hdlr-not-pict.avif": 422,
  "images/huge_IDAT.png": 422,
  "images/huge_iTXt_chunk.png": 422,
  "images/no-ftyp.avif": 415,
  "images/png_decompression_dos.png": 422,
  "images/truncated.jpg": 422,
  "images/truncated_app14.jpg": 422,
  "images/xc1n0g08.png": 422,
  "images/xcrn0g04.png": 422,
  "images/xd0n2c08.png": 422,
  "images/xhdn0g08.png": 422,
  "images/xs1n0g01.png": 422,
  "video/bug1200148.webm": 422,
  "video/fixture.mkv": 415,
  "video/issue76.webm": 422,
  "video/no_timescale.mp4": 422,
};

/** Small portraits are all alike; the media package's own suite prepares every one. */
const files = present ? globSync("{exif,images,faces/512,video}/*.*", { cwd: corpus }) : [];

const problemSchema = z.object({
  status: z.int(),
  detail: z.string(),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string().min(5) })),
});

let app: TestApp;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "secondlook-corpus-"));
  const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));
  const objects = await openFileObjectStore({ folder, random });
  app = await createTestApp({ media: "real", replace: () => ({ objects }) });
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

describe.skipIf(!present)("every file that others made, in one server, in random order", () => {
  test("there are over fifty, and the list names none that is missing", () => {
    expect(files.length).toBeGreaterThan(50);
    expect(Object.keys(REFUSED).filter((name) => !files.includes(name))).toEqual([]);
  });

  test("is taken whole, or refused with its status and pointer and without a trace", async () => {
    const wrong: string[] = [];
    for (const name of shuffled(files, 1)) wrong.push(...(await faultsOf(name)));
    expect(wrong).toEqual([]);
    // Every object on the disk belongs to a case that was taken.
    const { rows } = await app.superuser.query("select count(*)::integer as n from app.rendition");
    expect(rows).toEqual([{ n: (await objectsOnDisk()).length }]);
  }, 240_000);

  test("is told apart the same a second time: a repeat, or the same refusal", async () => {
    const wrong: string[] = [];
    for (const name of shuffled(files, 2)) wrong.push(...(await faultsOf(name, 200)));
    expect(wrong).toEqual([]);
  }, 240_000);

  test("with an orientation lies upright: all nine landscapes are as wide and as high", async () => {
    const { rows } = await app.superuser.query(
      `select distinct e.width > e.height as upright, r.width, r.height from app.review_case c
       join app.candidate k on k.case_id = c.id
       join app.evidence e on e.verification_id in (c.probe_id, k.verification_id)
       join app.rendition r on r.evidence_id = e.id and r.name = 'screen'
       where c.external_id like 'exif-Landscape_%' and e.width > 400`,
    );
    expect(rows).toEqual([{ upright: true, width: 1280, height: 853 }]);
  });
});

/** What is wrong with the answer to a case that holds this file, and what it left on the disk. */
async function faultsOf(name: string, taken: 200 | 201 = 201): Promise<string[]> {
  // Of the probe and of a candidate in turn, so that pointers of both kinds are seen.
  const ofProbe = files.indexOf(name) % 2 === 0;
  await app.clock.pass({ seconds: 2 });
  const bytes = Uint8Array.from(await readFile(join(corpus, name)));
  const kind = name.startsWith("video/") ? "face_clip" : "id_photo";
  const other = await realPhoto();
  const first = { ref: "probe", kind: ofProbe ? kind : "id_photo" } as const;
  const second = { ref: "candidate", kind: ofProbe ? "id_photo" : kind } as const;
  const externalId = name.replaceAll(/[^\w.-]/g, "-");
  const plain = caseBody({ externalId, change: { evidence: [first] } });
  const body: CaseBody = {
    ...plain,
    candidates: plain.candidates.map((each) => ({ ...each, evidence: [second] })),
  };
  const before = (await objectsOnDisk()).length;
  const response = await app.sendCase(
    body,
    new Map([
      ["probe", ofProbe ? bytes : other],
      ["candidate", ofProbe ? other : bytes],
    ]),
  );
  const answer: unknown = await response.json();
  const refused = REFUSED[name];
  const status = refused ?? taken;
  if (response.status !== status) return [`${name}: ${response.status} instead of ${status}`];
  if (refused === undefined) return [];
  const { errors, detail } = problemSchema.parse(answer);
  const pointer = ofProbe ? "/evidence/0" : "/candidates/0/evidence/0";
  const pointers = errors.map((each) => each.pointer).join(" ");
  return [
    ...(pointers === pointer && detail.includes(pointer) ? [] : [`${name}: at ${pointers}`]),
    ...((await objectsOnDisk()).length === before ? [] : [`${name}: left objects behind`]),
  ];
}

async function objectsOnDisk(): Promise<readonly string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => entry.name);
}

function shuffled(names: readonly string[], seed: number): readonly string[] {
  const random = seededRandom(seed);
  return names
    .map((name) => ({ name, place: random(4).reduce((sum, byte) => sum * 256 + byte, 0) }))
    .toSorted((a, b) => a.place - b.place)
    .map(({ name }) => name);
}

import { mkdtemp, readdir, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { caseBody } from "@secondlook/testkit/api/case-payload";
import { cutPhoto, realClip, realFiles, realPhoto } from "@secondlook/testkit/api/real-files";
import { createTestApp, type TestApp } from "@secondlook/testkit/api/test-app";
import { openFileObjectStore } from "@secondlook/vault/node/file-object-store";
import { afterAll, beforeAll, expect, test } from "vitest";
import { z } from "zod";

let app: TestApp;
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "secondlook-objects-"));
  const random = (length: number): Uint8Array => crypto.getRandomValues(new Uint8Array(length));
  const objects = await openFileObjectStore({ folder, random });
  app = await createTestApp({ media: "real", replace: () => ({ objects }) });
});
afterAll(async () => {
  await app[Symbol.asyncDispose]();
  await rm(folder, { recursive: true });
});

async function filesOnDisk(): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

test("real files are prepared in every rendition, and the disk holds ciphertext only", async () => {
  const body = caseBody({ externalId: "real" });
  const files = await realFiles(body);
  const response = await app.sendCase(body, files);
  expect(response.status).toBe(201);
  const { rows } = await app.superuser.query(
    `select e.kind, array_agg(r.name order by r.name) as names from app.evidence e
     join app.rendition r on r.evidence_id = e.id group by e.id, e.kind order by e.kind`,
  );
  const photo = ["detail", "face", "original", "screen", "thumb"];
  expect(rows).toEqual([
    { kind: "face_clip", names: ["clip", "original"] },
    { kind: "id_photo", names: photo },
    { kind: "id_photo", names: photo },
  ]);
  const onDisk = await filesOnDisk();
  expect(onDisk).toHaveLength(12);
  for (const file of onDisk) {
    const bytes = await readFile(file);
    for (const start of ["ffd8ff", "1a45dfa3", "89504e47", "52494646"]) {
      expect(bytes.subarray(0, 4).toString("hex")).not.toContain(start);
    }
    expect(bytes.toString("latin1")).not.toMatch(/JFIF|Exif|webm|matroska|V_VP8/);
  }
});

const problemSchema = z.object({
  detail: z.string(),
  errors: z.array(z.object({ pointer: z.string(), detail: z.string() })),
});

test.each([
  ["a JPEG that was cut off", 422, "id", async () => cutPhoto(0.6), /below \d+ % of its height/],
  ["a clip in place of a photo", 415, "id", realClip, /is a clip \(WebM\); send a JPEG/],
  ["a photo in place of a clip", 415, "clip", realPhoto, /is a photo \(JPEG\); send a WebM/],
  ["an empty file", 422, "id", async () => new Uint8Array(0), /empty/],
  [
    "a text file",
    415,
    "id",
    async () => new TextEncoder().encode("hello, I am a JPEG"),
    /known kind/,
  ],
  ["a photo of over 20 MB", 413, "id", async () => large(await realPhoto(), 21), /20 MB/],
  ["a clip of over 32 MB", 413, "clip", async () => large(await realClip(), 33), /32 MB/],
] as const)("%s is refused with %i at its pointer, and nothing is kept", async (...given) => {
  const [, status, ref, make, words] = given;
  const before = await filesOnDisk();
  const body = caseBody({ externalId: "refused" });
  const files = (await realFiles(body)).set(ref, await make());
  const response = await app.sendCase(body, files);
  const pointer = ref === "id" ? "/evidence/0" : "/evidence/1";
  const problem = problemSchema.parse(await response.json());
  expect(response.status).toBe(status);
  expect(problem.errors.map((fault) => fault.pointer)).toEqual([pointer]);
  expect(problem.errors[0]?.detail).toMatch(words);
  expect(problem.detail).toContain(`${pointer}: `);
  expect(await filesOnDisk()).toEqual(before);
  const { rows } = await app.superuser.query(
    "select from app.review_case where external_id = 'refused'",
  );
  expect(rows).toEqual([]);
  expect((await app.events("case.refuse")).at(-1)).toMatchObject({ reason: "evidence_refused" });
});

function large(start: Uint8Array, megabytes: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(megabytes * 1024 * 1024);
  bytes.set(start);
  return bytes;
}

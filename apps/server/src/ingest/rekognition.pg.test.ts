import { cp, mkdir, readFile, rm, writeFile } from "node:fs/promises";
import { createServer } from "node:net";
import { dirname, join } from "node:path";
import { realPhoto } from "@secondlook/testkit/api/real-files";
import { beforeEach, describe, expect, test, vi } from "vitest";
import { z } from "zod";
import {
  CHECKOUT,
  makeFolder,
  secondlook,
  startServer,
} from "../../test-support/server-process.ts";

vi.setConfig({ testTimeout: 120_000 });

const SENT = "1 taken, 0 repeated (sent before with the same content), 0 refused.\n";
const EXAMPLE = [
  "flagged",
  "--rekognition",
  "answer.json",
  "--threshold",
  "95",
  "--gallery",
  "gallery",
  "--searched-at",
  "2026-11-02T09:14:03Z",
];

let folder: string;
let environment: Record<string, string>;
const ingest = (...args: readonly string[]): ReturnType<typeof secondlook> =>
  secondlook(["ingest", ...args], folder, environment);

/** Writes the files that docs/rekognition.md shows, and a photo for each account. */
beforeEach(async () => {
  folder = await makeFolder();
  environment = { PORT: await freePort(), INIT_CWD: folder, SECONDLOOK_INGEST_KEY: "k".repeat(30) };
  const text = await readFile(join(CHECKOUT, "docs/rekognition.md"), "utf8");
  for (const [, name = "", content = ""] of text.matchAll(/^```json (\S+)\n(.*?)^```$/gms)) {
    await mkdir(dirname(join(folder, name)), { recursive: true });
    await writeFile(join(folder, name), content);
  }
  const photo = await realPhoto();
  for (const place of ["flagged", "gallery/seller_0097"]) {
    await writeFile(join(folder, place, "id.jpg"), photo);
  }
});

async function freePort(): Promise<string> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, "127.0.0.1", resolve));
  const address = probe.address();
  await new Promise((resolve) => probe.close(resolve));
  return String(typeof address === "object" && address !== null ? address.port : 0);
}

async function change(
  name: string,
  edit: (value: Record<string, unknown>) => unknown,
): Promise<void> {
  const path = join(folder, name);
  const value = z.record(z.string(), z.unknown()).parse(JSON.parse(await readFile(path, "utf8")));
  await writeFile(path, JSON.stringify(edit(value)));
}

test("the documented example is taken word for word, and so are the two other operations", async () => {
  const text = await readFile(join(CHECKOUT, "docs/rekognition.md"), "utf8");
  const command = /secondlook (ingest flagged [^`]*)/.exec(text)?.[1] ?? "";
  expect(command.replaceAll("\\\n", " ").trim().split(/\s+/)).toEqual(["ingest", ...EXAMPLE]);

  const server = await startServer(folder, environment);
  expect(await ingest(...EXAMPLE)).toMatchObject({ code: 0, output: SENT });
  expect((await ingest(...EXAMPLE)).output).toContain("1 repeated");

  await cp(join(folder, "flagged"), join(folder, "users"), { recursive: true });
  await change("users/case.json", (body) => ({ ...body, externalId: "ver_users" }));
  await change("gallery/gallery.json", (gallery) => ({
    ...gallery,
    people: [{ folder: "seller_0097", userIds: ["user-97"] }],
  }));
  await writeFile(
    join(folder, "users.json"),
    JSON.stringify({
      UserMatches: [{ Similarity: 98.5, User: { UserId: "user-97", UserStatus: "ACTIVE" } }],
      FaceModelVersion: "7",
      ResponseMetadata: { HTTPHeaders: { date: "Mon, 02 Nov 2026 09:14:03 GMT" } },
    }),
  );
  await writeFile(
    join(folder, "request.json"),
    JSON.stringify({ CollectionId: "sellers-vn", UserMatchThreshold: 90, Image: {} }),
  );
  const users = ["users", "--rekognition", "users.json", "--request", "request.json"];
  expect(await ingest(...users, "--gallery", "gallery")).toMatchObject({ code: 0, output: SENT });

  await cp(join(folder, "flagged"), join(folder, "pair"), { recursive: true });
  await change("pair/case.json", (body) => ({ ...body, externalId: "ver_pair" }));
  await writeFile(
    join(folder, "pair.json"),
    JSON.stringify({ FaceMatches: [], UnmatchedFaces: [{ Confidence: 99 }] }),
  );
  const pair = ["pair", "--rekognition", "pair.json", "--threshold", "80"];
  const target = ["--target", "gallery/seller_0097", "--searched-at", "2026-11-02T09:14:03Z"];
  expect(await ingest(...pair, ...target)).toMatchObject({ code: 0, output: SENT });
  await server.stop();
});

describe("what does not make one case is told in a sentence, and nothing is sent", () => {
  const without = (flag: string): readonly string[] => {
    const at = EXAMPLE.indexOf(flag);
    return [...EXAMPLE.slice(0, at), ...EXAMPLE.slice(at + 2)];
  };

  test.each<[string, readonly string[], RegExp, (() => Promise<void>)?]>([
    [
      "no threshold",
      without("--threshold"),
      /does not hold its threshold; name it with --threshold/,
    ],
    ["no instant", without("--searched-at"), /does not say when .*--searched-at/],
    ["no gallery", without("--gallery"), /gallery\.json.*--gallery/],
    ["options of an answer without one", without("--rekognition"), /belong to an answer/],
    ["two cases", ["other", ...EXAMPLE], /belongs to one case/],
    ["a threshold in words", ["--threshold", "high", ...without("--threshold")], /0 to 100/],
    [
      "a threshold over its matches",
      ["--threshold", "98", ...without("--threshold")],
      /a match under 98/,
    ],
    [
      "another model",
      [...EXAMPLE, "--model-version", "6.0"],
      /mixed \(7\.0, 6\.0\).*can't be compared/,
    ],
    ["an image that is none", [...EXAMPLE, "--image", "clip"], /“clip”, which is no photo/],
    [
      "a stranger",
      EXAMPLE,
      /names no account for FaceId 38271d79.*ExternalImageId seller_0097; add it/,
      () => change("gallery/gallery.json", (gallery) => ({ ...gallery, people: [] })),
    ],
    [
      "a gallery of another form",
      EXAMPLE,
      /gallery\.json is not of the form .*look at people/,
      () => change("gallery/gallery.json", (gallery) => ({ ...gallery, people: "everyone" })),
    ],
    [
      "a folder outside the gallery",
      EXAMPLE,
      /look at people\.0\.folder/,
      () =>
        change("gallery/gallery.json", (gallery) => ({ ...gallery, people: [{ folder: "../x" }] })),
    ],
    [
      "an account's folder that is missing",
      EXAMPLE,
      /seller_0097 is not a folder/,
      () => rm(join(folder, "gallery/seller_0097"), { recursive: true }),
    ],
    [
      "an answer that is none",
      EXAMPLE,
      /answer\.json is not JSON/,
      () => writeFile(join(folder, "answer.json"), "{"),
    ],
  ])("%s", async (_, args, words, prepare) => {
    await prepare?.();
    const ended = await ingest(...args);
    expect(ended.output).toMatch(words);
    expect(ended.output).toMatch(/^\S.*\.\n$/);
    expect(ended.code).toBe(1);
  });
});

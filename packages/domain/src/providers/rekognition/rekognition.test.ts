import { describe, expect, test } from "vitest";
import { readRekognitionAnswer, type RekognitionAnswer } from "./answer.ts";
import {
  type CandidateSkeleton,
  caseOfAnswer,
  type CaseSkeleton,
  type NamedAccount,
} from "./case-of-answer.ts";
import { createPersonFinder, type KnownPerson } from "./known-people.ts";
import { modelVersionOf } from "./model-version.ts";
import { rekognitionSpace } from "./picture-space.ts";
import { readRekognitionRequest } from "./request.ts";

const BOX = { Left: 0.3, Top: -0.02, Width: 0.25, Height: 0.33 };
const face = (FaceId: string, Similarity: number, more: object = {}): object => ({
  Similarity,
  Face: { FaceId, ImageId: "i", Confidence: 99.9, BoundingBox: BOX, NewField: 1, ...more },
});

const FACES = {
  SearchedFaceBoundingBox: BOX,
  SearchedFaceConfidence: 99.9,
  FaceMatches: [face("one", 96.5), face("two", 99.1), face("three", 95)],
  FaceModelVersion: "7.0",
  SomethingNew: { kept: [true] },
};
const USERS = {
  UserMatches: [
    { Similarity: 98, User: { UserId: "u-1", UserStatus: "ACTIVE" } },
    { Similarity: 99, User: { UserId: "u-2", UserStatus: "ACTIVE" } },
  ],
  FaceModelVersion: "7.0",
  SearchedFace: { FaceDetail: { BoundingBox: BOX } },
  UnsearchedFaces: [{ FaceDetails: {}, Reasons: ["FACE_NOT_LARGEST"] }],
};
const COMPARISON = {
  SourceImageFace: { BoundingBox: BOX, Confidence: 99.9 },
  FaceMatches: [{ Similarity: 91, Face: { BoundingBox: BOX, Confidence: 99.9 } }],
  UnmatchedFaces: [{ BoundingBox: BOX, Confidence: 98 }],
  SourceImageOrientationCorrection: null,
};

function answer(of: object): RekognitionAnswer {
  const read = readRekognitionAnswer(of);
  if (!read.ok) throw new Error(read.refusal);
  return read.value;
}

const account = (externalId: string, ref = "id"): CandidateSkeleton => ({
  subject: { externalId, attributes: {} },
  capture: { noticeVersion: "1", legalBasis: "contract" },
  evidence: [{ ref, kind: "id_photo" }],
});
const SKELETON: CaseSkeleton = {
  externalId: "ver_1",
  subject: { externalId: "probe" },
  evidence: [
    { ref: "id", kind: "id_photo" },
    { ref: "clip", kind: "face_clip" },
  ],
};

function build(
  of: object,
  accounts: (given: RekognitionAnswer) => readonly NamedAccount[],
  threshold = 90,
) {
  const read = answer(of);
  return caseOfAnswer(SKELETON, accounts(read), {
    answer: read,
    raw: { ...of },
    threshold,
    collection: "sellers",
    modelVersion: "7.0",
    searchedAt: "2026-11-02T09:14:00Z",
    picture: { ref: "id", space: "upright" },
  });
}

/** Each match is an account of its own, called by its id. */
const everyone = (read: RekognitionAnswer): readonly NamedAccount[] =>
  read.matches.map((match) => ({
    candidate: account(`seller-${match.faceId ?? match.userId}`),
    match,
    picture: { ref: "id", space: "stored" },
  }));

describe("an answer becomes candidates", () => {
  test("of SearchFacesByImage: the most similar first, with their ids, boxes and no other value", () => {
    const made = build(FACES, everyone);
    const faceBox = { left: 0.3, top: -0.02, width: 0.25, height: 0.33 };
    expect(made).toMatchObject({
      ok: true,
      value: {
        own: 0,
        body: {
          externalId: "ver_1",
          evidence: [
            { ref: "id", faceBox: { ...faceBox, space: "upright" } },
            { ref: "clip", kind: "face_clip" },
          ],
          matcher: {
            provider: "rekognition",
            modelVersion: "7.0",
            gallery: "sellers",
            scoreScale: "0-100",
            threshold: 90,
            recommendation: "same_person",
            answer: FACES,
          },
          candidates: [
            { subject: { externalId: "seller-two" }, similarity: 99.1, matchId: "two" },
            { subject: { externalId: "seller-one" }, similarity: 96.5, matchId: "one" },
            {
              subject: { externalId: "seller-three" },
              similarity: 95,
              evidence: [
                { ref: "c3-id", kind: "id_photo", faceBox: { ...faceBox, space: "stored" } },
              ],
            },
          ],
        },
      },
    });
  });

  test("of SearchUsersByImage: by user, and a user has no box", () => {
    const made = build(USERS, everyone);
    if (!made.ok) throw new Error(made.refusal);
    expect(made.value.body["candidates"]).toEqual([
      { ...account("seller-u-2", "c1-id"), similarity: 99, matchId: "u-2" },
      { ...account("seller-u-1", "c2-id"), similarity: 98, matchId: "u-1" },
    ]);
  });

  test("of CompareFaces: the target is the candidate; a face that did not match has no score", () => {
    const target = (read: RekognitionAnswer): readonly NamedAccount[] =>
      (read.matches.length === 0 ? [undefined] : read.matches).map((match) => ({
        candidate: account("target"),
        match,
        picture: undefined,
      }));
    expect(build(COMPARISON, target)).toMatchObject({
      ok: true,
      value: {
        body: { candidates: [{ similarity: 91 }], matcher: { recommendation: "same_person" } },
      },
    });
    const none = build({ ...COMPARISON, FaceMatches: [] }, target);
    if (!none.ok) throw new Error(none.refusal);
    expect(none.value.body).toMatchObject({ matcher: { recommendation: "different_person" } });
    expect(JSON.parse(JSON.stringify(none.value.body["candidates"]))).toEqual([
      account("target", "c1-id"),
    ]);
    expect(build({ ...COMPARISON, FaceMatches: [], UnmatchedFaces: [] }, target).ok).toBe(false);
  });

  test("an account with several faces is one candidate, with its highest score", () => {
    const made = build(FACES, (read) =>
      read.matches.map((match) => ({ candidate: account("seller"), match, picture: undefined })),
    );
    expect(made).toMatchObject({
      value: { body: { candidates: [{ similarity: 99.1, matchId: "two" }] } },
    });
    expect(made.ok && made.value.body["candidates"]).toHaveLength(1);
  });

  test("the probe's own face, found again, makes no candidate", () => {
    const made = build({ ...FACES, FaceMatches: [face("one", 99)] }, (read) =>
      read.matches.map((match) => ({ candidate: account("probe"), match, picture: undefined })),
    );
    expect(made).toMatchObject({
      value: { own: 1, body: { candidates: [], matcher: { recommendation: "different_person" } } },
    });
  });

  test("no match at all makes a case without candidates", () => {
    expect(build({ ...FACES, FaceMatches: [] }, everyone)).toMatchObject({
      value: { body: { candidates: [], matcher: { recommendation: "different_person" } } },
    });
  });

  test("more accounts than a case takes are refused, never cut", () => {
    const many = Array.from({ length: 21 }, (_, index) => face(`f${index}`, 99));
    expect(build({ ...FACES, FaceMatches: many }, everyone)).toMatchObject({
      ok: false,
      refusal: expect.stringContaining("names 21 accounts"),
    });
  });

  test("a match under the threshold contradicts it; one of a rounded 32-bit number does not", () => {
    expect(build(FACES, everyone, 95.5)).toMatchObject({
      ok: false,
      refusal: expect.stringContaining("a match under 95.5"),
    });
    const rounded = { ...FACES, FaceMatches: [face("one", 94.99999)] };
    expect(build(rounded, everyone, 95).ok).toBe(true);
  });

  test("a case that has a matcher or candidates already is refused", () => {
    const read = answer(FACES);
    const search = {
      answer: read,
      raw: FACES,
      threshold: 90,
      collection: "c",
      modelVersion: "7.0",
      searchedAt: "2026-11-02T09:14:00Z",
      picture: undefined,
    };
    for (const more of [{ matcher: {} }, { candidates: [] }]) {
      expect(caseOfAnswer({ ...SKELETON, ...more }, [], search).ok).toBe(false);
    }
  });
});

describe("what is no such answer is refused in a sentence", () => {
  test.each([
    [null, /form/],
    [[], /form/],
    [{}, /no FaceMatches and no UserMatches/],
    [{ FaceMatches: [{ Face: { FaceId: "x" } }] }, /FaceMatches\.0\.Similarity/],
    [{ FaceMatches: [face("x", 101)] }, /Similarity/],
    [{ UserMatches: [{ Similarity: 99, User: {} }] }, /UserMatches\.0\.User\.UserId/],
    [{ SearchedFaceBoundingBox: { Left: 0 }, FaceMatches: [] }, /SearchedFaceBoundingBox/],
  ])("%j", (given, words) => {
    const read = readRekognitionAnswer(given);
    expect(read.ok ? "" : read.refusal).toMatch(words);
  });
});

describe("versions of the face model", () => {
  const indexed = (...versions: readonly string[]): object => ({
    ...FACES,
    FaceMatches: versions.map((IndexFacesModelVersion, index) =>
      face(`f${index}`, 99, { IndexFacesModelVersion }),
    ),
  });

  test("are never mixed, wherever each is said", () => {
    for (const [of, known] of [
      [indexed("6.0", "7.0"), []],
      [indexed("6.0"), []],
      [indexed("7.0"), ["6.0"]],
      [FACES, ["6.0"]],
      [COMPARISON, ["6.0", "7.0"]],
    ] as const) {
      expect(modelVersionOf(answer(of), known)).toMatchObject({
        ok: false,
        refusal: expect.stringMatching(/mixed.*can't be compared/),
      });
    }
  });

  test("are kept as they are said; “7” and “7.0” are one", () => {
    expect(modelVersionOf(answer(indexed("7.0", "7")), ["7", undefined])).toEqual({
      ok: true,
      value: "7.0",
    });
    const { FaceModelVersion: _, ...silent } = FACES;
    expect(modelVersionOf(answer(silent), ["6.0"])).toEqual({ ok: true, value: "6.0" });
    expect(modelVersionOf(answer(silent), [])).toMatchObject({ ok: false });
    expect(modelVersionOf(answer(COMPARISON), [])).toEqual({ ok: true, value: "undisclosed" });
  });
});

describe("whose face it is", () => {
  const person = (folder: string, change: Partial<KnownPerson>): KnownPerson => ({
    folder,
    faceIds: [],
    userIds: [],
    externalImageIds: [],
    ...change,
  });
  const ANNA = person("anna", { faceIds: ["f1"], externalImageIds: ["anna.jpg"] });
  const BORIS = person("boris", { faceIds: ["f2"], userIds: ["u-b"] });
  const [first] = answer(FACES).matches;
  if (first === undefined) throw new Error("there is a match");
  const nobody = { ...first, faceId: undefined };

  test("is found by any of its ids", () => {
    const finder = createPersonFinder([ANNA, BORIS]);
    if (!finder.ok) throw new Error(finder.refusal);
    const find = finder.value;
    expect(find({ ...nobody, faceId: "f1" })).toEqual({ ok: true, value: ANNA });
    expect(find({ ...nobody, faceId: "new", externalImageId: "anna.jpg" })).toMatchObject({
      ok: true,
    });
    expect(find({ ...nobody, userId: "u-b" })).toEqual({ ok: true, value: BORIS });
    for (const stranger of [
      nobody,
      { ...nobody, faceId: "f3" },
      { ...nobody, faceId: "f1", userId: "u-b" },
    ]) {
      expect(find(stranger)).toMatchObject({ ok: false, refusal: expect.stringMatching(/\.$/) });
    }
  });

  test("an id of two accounts is refused", () => {
    expect(createPersonFinder([ANNA, person("other", { faceIds: ["f1"] })])).toMatchObject({
      ok: false,
      refusal: expect.stringContaining("anna and other"),
    });
  });
});

test("a request gives its threshold, and the service's own default where it has none", () => {
  const request = { CollectionId: "c", FaceMatchThreshold: 95, Image: { Bytes: "…" } };
  expect(readRekognitionRequest(request, "SearchFacesByImage")).toEqual({
    threshold: 95,
    collection: "c",
  });
  expect(readRekognitionRequest(request, "SearchUsersByImage")?.threshold).toBe(80);
  expect(readRekognitionRequest({ SimilarityThreshold: 0 }, "CompareFaces")).toEqual({
    threshold: 0,
    collection: undefined,
  });
  expect(readRekognitionRequest({ SimilarityThreshold: "95" }, "CompareFaces")).toBeUndefined();
});

test("boxes of a JPEG are of the picture upright, of a PNG as stored; nothing else was searched with", () => {
  expect(rekognitionSpace(Uint8Array.of(0xff, 0xd8, 0xff, 0xe1))).toBe("upright");
  expect(rekognitionSpace(Uint8Array.of(0x89, 0x50, 0x4e, 0x47))).toBe("stored");
  expect(rekognitionSpace(Uint8Array.of(0x52, 0x49, 0x46, 0x46))).toBeUndefined();
  expect(rekognitionSpace(new Uint8Array(0))).toBeUndefined();
});

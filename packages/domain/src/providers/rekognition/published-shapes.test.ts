import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { readRekognitionAnswer } from "./answer.ts";
import { readRekognitionRequest } from "./request.ts";

/** The service model and examples of boto/botocore (Apache-2.0), kept beside the checkout. */
const folder = join(import.meta.dirname, "../../../../../../shared/testdata/providers/rekognition");
const present = existsSync(folder);
if (!present) console.warn("Skipped: no ../shared/testdata/providers beside the checkout.");
const read = (file: string): unknown => JSON.parse(readFileSync(join(folder, file), "utf8"));

const shapes = z.object({
  shapes: z.record(
    z.string(),
    z.looseObject({ members: z.record(z.string(), z.object({ shape: z.string() })).optional() }),
  ),
});
const examples = z.object({
  examples: z.record(z.string(), z.array(z.object({ input: z.unknown(), output: z.unknown() }))),
});

describe.skipIf(!present)("as AWS publishes it", () => {
  test.each([
    ["SearchFacesByImage", 95, 1],
    ["CompareFaces", 90, 1],
  ] as const)("the example of %s is read", (operation, threshold, matches) => {
    const [example] = examples.parse(read("examples-1.json")).examples[operation] ?? [];
    const answer = readRekognitionAnswer(example?.output);
    if (!answer.ok) throw new Error(answer.refusal);
    expect(answer.value).toMatchObject({ operation, searchedBox: { Width: 0.25 } });
    expect(answer.value.matches).toHaveLength(matches);
    expect(readRekognitionRequest(example?.input, operation)).toMatchObject({ threshold });
  });

  test("every field that is read has that name in the service model", () => {
    const model = shapes.parse(read("service-2.json")).shapes;
    const fields = (shape: string): string[] => Object.keys(model[shape]?.members ?? {});
    const expected: Readonly<Record<string, readonly string[]>> = {
      SearchFacesByImageRequest: ["CollectionId", "FaceMatchThreshold"],
      SearchUsersByImageRequest: ["CollectionId", "UserMatchThreshold"],
      CompareFacesRequest: ["SimilarityThreshold"],
      SearchFacesByImageResponse: ["FaceMatches", "SearchedFaceBoundingBox", "FaceModelVersion"],
      SearchUsersByImageResponse: ["UserMatches", "SearchedFace", "FaceModelVersion"],
      CompareFacesResponse: ["SourceImageFace", "FaceMatches", "UnmatchedFaces"],
      FaceMatch: ["Similarity", "Face"],
      CompareFacesMatch: ["Similarity", "Face"],
      UserMatch: ["Similarity", "User"],
      MatchedUser: ["UserId"],
      SearchedFaceDetails: ["FaceDetail"],
      Face: ["FaceId", "UserId", "ExternalImageId", "BoundingBox", "IndexFacesModelVersion"],
      BoundingBox: ["Left", "Top", "Width", "Height"],
    };
    for (const [shape, names] of Object.entries(expected)) {
      expect(fields(shape), shape).toEqual(expect.arrayContaining([...names]));
    }
    expect(fields("CompareFacesResponse")).not.toContain("FaceModelVersion");
  });
});

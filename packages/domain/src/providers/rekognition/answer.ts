import { z } from "zod";
import { ok, refuse, type Result } from "../../result.ts";

/** Fields as the service model names them (API version 2016-06-27); others are let through. */
const percent = z.number().min(0).max(100);
const boxSchema = z.looseObject({
  Left: z.number(),
  Top: z.number(),
  Width: z.number().positive(),
  Height: z.number().positive(),
});
export type RekognitionBox = Readonly<Record<"Left" | "Top" | "Width" | "Height", number>>;

const id = z.string().min(1).nullish();
const boxed = z.looseObject({ BoundingBox: boxSchema.nullish() });
const faceMatchSchema = z.looseObject({
  Similarity: percent,
  Face: boxed.extend({
    FaceId: id,
    UserId: id,
    ExternalImageId: id,
    IndexFacesModelVersion: id,
  }),
});
const userMatchSchema = z.looseObject({
  Similarity: percent,
  User: z.looseObject({ UserId: z.string().min(1) }),
});
const answerSchema = z.looseObject({
  FaceMatches: z.array(faceMatchSchema).nullish(),
  UserMatches: z.array(userMatchSchema).nullish(),
  UnmatchedFaces: z.array(boxed).nullish(),
  SourceImageFace: boxed.nullish(),
  SearchedFaceBoundingBox: boxSchema.nullish(),
  SearchedFace: z.looseObject({ FaceDetail: boxed.nullish() }).nullish(),
  FaceModelVersion: id,
  // Only SDKs add it; the date is the service's own.
  ResponseMetadata: z
    .looseObject({ HTTPHeaders: z.looseObject({ date: z.string().nullish() }).nullish() })
    .nullish(),
});

export interface RekognitionMatch {
  readonly similarity: number;
  readonly faceId: string | undefined;
  readonly userId: string | undefined;
  readonly externalImageId: string | undefined;
  /** Where the face is in the picture that was indexed or compared with. */
  readonly box: RekognitionBox | undefined;
  /** The model that made this face's vector. */
  readonly indexedBy: string | undefined;
}

/** What a case needs of an answer. The answer itself is kept beside it, whole. */
export interface RekognitionAnswer {
  readonly operation: "SearchFacesByImage" | "SearchUsersByImage" | "CompareFaces";
  /** The most similar first. */
  readonly matches: readonly RekognitionMatch[];
  /** Faces of the target that are not the source's; they have no score. CompareFaces only. */
  readonly unmatched: number;
  /** Where the probe's face is in the picture that was searched with. */
  readonly searchedBox: RekognitionBox | undefined;
  readonly modelVersion: string | undefined;
  readonly answeredAt: string | undefined;
}

/** Reads the answer of one of the three operations; the refusal is a sentence. */
export function readRekognitionAnswer(given: unknown): Result<RekognitionAnswer, string> {
  const parsed = answerSchema.safeParse(given);
  if (!parsed.success) {
    const place = parsed.error.issues[0]?.path.join(".") ?? "";
    return refuse(
      `The answer is not of the form that Rekognition gives${place === "" ? "" : `; look at ${place}`}.`,
    );
  }
  const answer = parsed.data;
  const { FaceMatches: faces, UserMatches: users } = answer;
  const date = answer.ResponseMetadata?.HTTPHeaders?.date;
  const common = {
    modelVersion: answer.FaceModelVersion ?? undefined,
    answeredAt:
      typeof date === "string" && !Number.isNaN(Date.parse(date))
        ? new Date(date).toISOString()
        : undefined,
  };
  if (users !== undefined && users !== null) {
    return ok({
      ...common,
      operation: "SearchUsersByImage",
      matches: bySimilarity(
        users.map(({ Similarity, User }) => ({
          ...NOBODY,
          similarity: Similarity,
          userId: User.UserId,
        })),
      ),
      unmatched: 0,
      searchedBox: answer.SearchedFace?.FaceDetail?.BoundingBox ?? undefined,
    });
  }
  const isComparison =
    (answer.SourceImageFace ?? undefined) !== undefined ||
    (answer.UnmatchedFaces ?? undefined) !== undefined;
  if ((faces ?? undefined) === undefined && !isComparison) {
    return refuse(
      "The answer has no FaceMatches and no UserMatches; give that of SearchFacesByImage, CompareFaces or SearchUsersByImage.",
    );
  }
  const matches = bySimilarity(
    (faces ?? []).map(({ Similarity, Face }) => ({
      similarity: Similarity,
      faceId: Face.FaceId ?? undefined,
      userId: Face.UserId ?? undefined,
      externalImageId: Face.ExternalImageId ?? undefined,
      box: Face.BoundingBox ?? undefined,
      indexedBy: Face.IndexFacesModelVersion ?? undefined,
    })),
  );
  return ok({
    ...common,
    operation: isComparison ? "CompareFaces" : "SearchFacesByImage",
    matches,
    unmatched: answer.UnmatchedFaces?.length ?? 0,
    searchedBox:
      (isComparison ? answer.SourceImageFace?.BoundingBox : answer.SearchedFaceBoundingBox) ??
      undefined,
  });
}

const NOBODY = {
  faceId: undefined,
  userId: undefined,
  externalImageId: undefined,
  box: undefined,
  indexedBy: undefined,
} as const;

function bySimilarity(matches: readonly RekognitionMatch[]): readonly RekognitionMatch[] {
  return matches.toSorted((a, b) => b.similarity - a.similarity);
}

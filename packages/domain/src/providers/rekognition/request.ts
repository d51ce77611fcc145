import { z } from "zod";
import type { RekognitionAnswer } from "./answer.ts";

/** What the answers lack, by the names that the requests of the three operations give it. */
const requestSchema = z.looseObject({
  CollectionId: z.string().min(1).nullish(),
  FaceMatchThreshold: z.number().min(0).max(100).nullish(),
  UserMatchThreshold: z.number().min(0).max(100).nullish(),
  SimilarityThreshold: z.number().min(0).max(100).nullish(),
});

const FIELD = {
  SearchFacesByImage: "FaceMatchThreshold",
  SearchUsersByImage: "UserMatchThreshold",
  CompareFaces: "SimilarityThreshold",
} as const satisfies Record<RekognitionAnswer["operation"], string>;

/** A request without its threshold: the service model gives 80 as the default of all three. */
const DEFAULT_THRESHOLD = 80;

/** The threshold and the collection that a request named; undefined where it is no such request. */
export function readRekognitionRequest(
  given: unknown,
  operation: RekognitionAnswer["operation"],
): { readonly threshold: number; readonly collection: string | undefined } | undefined {
  const parsed = requestSchema.safeParse(given);
  if (!parsed.success) return undefined;
  return {
    threshold: parsed.data[FIELD[operation]] ?? DEFAULT_THRESHOLD,
    collection: parsed.data.CollectionId ?? undefined,
  };
}

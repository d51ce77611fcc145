import { ok, refuse, type Result } from "../../result.ts";
import type { RekognitionAnswer } from "./answer.ts";

/** CompareFaces never says which model compared; nobody can know it. */
const UNDISCLOSED = "undisclosed";

/**
 * The one model version that every vector of an answer was made by. Vectors of different versions
 * can't be compared, so what says otherwise is refused with a sentence.
 *
 * @param known what the gallery or the operator says besides.
 */
export function modelVersionOf(
  answer: RekognitionAnswer,
  known: readonly (string | undefined)[],
): Result<string, string> {
  const stated = [
    answer.modelVersion,
    ...answer.matches.map(({ indexedBy }) => indexedBy),
    ...known,
  ].filter((version) => version !== undefined);
  const [version] = stated;
  const different = new Map(stated.map((each) => [plain(each), each]));
  if (different.size > 1) {
    return refuse(
      `Face model versions are mixed (${[...different.values()].join(", ")}): their scores can't be compared. Index the faces again with one version and search again.`,
    );
  }
  if (version !== undefined) return ok(version);
  if (answer.operation === "CompareFaces") return ok(UNDISCLOSED);
  return refuse(
    "The answer has no FaceModelVersion; name it with --model-version (DescribeCollection tells it).",
  );
}

/** “7” and “7.0” are one version. */
function plain(version: string): string {
  return version.trim().replace(/(\.0+)+$/, "");
}

import { MAX_FILES } from "@secondlook/domain/ingest/case-payload";
import { isMultipart } from "../ingest/multipart.ts";
import { Problem } from "../ingest/problem.ts";
import { readBody } from "../ingest/read-body.ts";
import { type CaseParts, readCaseParts } from "../ingest/read-case-parts.ts";
import { readJson } from "../ingest/read-json.ts";

const MAX_JSON_BYTES = 1024 * 1024;

/**
 * A message about a case: JSON where no files come with it, else multipart as a case itself.
 *
 * @throws Problem 400, 408, 413, 415 or 422.
 */
export async function readMessage(
  request: Request,
  deadline: AbortSignal,
  options: { readonly files: boolean },
): Promise<CaseParts> {
  const type = request.headers.get("content-type") ?? "";
  if (options.files && isMultipart(type)) return readCaseParts(request, MAX_FILES, deadline);
  if (!/^application\/json\s*(;|$)/i.test(type.trim())) {
    throw new Problem(
      415,
      "not_json",
      options.files
        ? "Send JSON as application/json; with files, multipart/form-data: the part “case” with the JSON first, then one file part for each evidence ref."
        : "Send JSON as application/json.",
    );
  }
  const body = readJson(await readBody(request, deadline, MAX_JSON_BYTES), "The body");
  return { body, files: new Map() };
}

import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import type { Result } from "@secondlook/domain/result";
import type { z } from "zod";
import { StopError } from "../config/stop-error.ts";

/** A JSON file of this form. Throws StopError with a sentence. */
export async function readJsonFile<T extends z.ZodType>(
  path: string,
  schema: T,
): Promise<z.output<T>> {
  const text = await readFile(path, "utf8").catch((cause: unknown) => {
    throw new StopError(`${path} can't be read; name a file that can.`, { cause });
  });
  let value: unknown;
  try {
    value = JSON.parse(text);
  } catch (cause) {
    throw new StopError(`${path} is not JSON.`, { cause });
  }
  const parsed = schema.safeParse(value);
  if (parsed.success) return parsed.data;
  const place = parsed.error.issues[0]?.path.join(".") ?? "";
  throw new StopError(
    `${basename(path)} is not of the form that docs/rekognition.md describes${place === "" ? "" : `; look at ${place}`}.`,
  );
}

/** The value, or the refusal as the command's last word. */
export function orStop<T>(result: Result<T, string>): T {
  if (result.ok) return result.value;
  throw new StopError(result.refusal);
}

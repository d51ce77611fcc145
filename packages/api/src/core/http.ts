import type { Context as HonoContext } from "hono";
import type { z } from "zod";
import { Refusal } from "./refusal.ts";

/** Bodies of the plain JSON routes are a few words long. */
const MAX_BODY = 4_096;

/** A JSON body of a known form. Throws Refusal `invalid_input`. */
export async function readJson<T extends z.ZodType>(
  c: HonoContext,
  schema: T,
): Promise<z.output<T>> {
  if (c.req.header("content-type")?.split(";")[0]?.trim() !== "application/json") {
    throw new Refusal("invalid_input", "Send the body as application/json.");
  }
  const text = await c.req.text();
  if (text.length > MAX_BODY) throw new Refusal("invalid_input", "The body is too long.");
  let body: unknown;
  try {
    body = JSON.parse(text);
  } catch (cause) {
    throw new Refusal("invalid_input", "The body is not JSON.", { cause });
  }
  const parsed = schema.safeParse(body);
  if (!parsed.success)
    throw new Refusal("invalid_input", "The body is not of the form that this route takes.");
  return parsed.data;
}

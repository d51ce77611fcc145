import { Problem } from "./problem.ts";

/** At most this much is read of one request, whatever its headers say. */
const MAX_REQUEST_BYTES = 128 * 1024 * 1024;

/**
 * The whole body of a request, held once: where its length is announced, it is read into place.
 *
 * @param deadline reading ends with it.
 * @throws Problem 415 where it is compressed, 413 over the limit, 400 where it is missing or shorter than
 * announced, 408 where the deadline came first.
 */
export async function readBody(
  request: Request,
  deadline: AbortSignal,
  limit = MAX_REQUEST_BYTES,
): Promise<Uint8Array<ArrayBuffer>> {
  const encoding = request.headers.get("content-encoding")?.trim().toLowerCase() ?? "identity";
  if (encoding !== "identity") {
    throw new Problem(
      415,
      "body_encoded",
      "The body is compressed; send it as it is, without a content encoding.",
    );
  }
  const announced = announcedLength(request);
  if (announced !== undefined && announced > limit) throw tooLarge(limit);
  if (request.body === null) throw new Problem(400, "no_body", "The request has no body.");
  const chunks: Uint8Array[] = [];
  const whole = announced === undefined ? undefined : new Uint8Array(announced);
  let length = 0;
  try {
    for await (const chunk of streamOf(request.body, deadline)) {
      if (length + chunk.length > (announced ?? limit)) throw tooLarge(limit);
      if (whole === undefined) chunks.push(chunk);
      else whole.set(chunk, length);
      length += chunk.length;
    }
  } catch (error) {
    if (error instanceof Problem) throw error;
    throw deadline.aborted ? tooSlow() : cutOff();
  }
  // A stream that was cancelled ends as if it were whole.
  if (deadline.aborted) throw tooSlow();
  if (whole === undefined) return joined(chunks, length);
  if (length < whole.length) throw cutOff();
  return whole;
}

function announcedLength(request: Request): number | undefined {
  const header = request.headers.get("content-length");
  return header !== null && /^\d{1,15}$/.test(header) ? Number(header) : undefined;
}

function joined(chunks: readonly Uint8Array[], length: number): Uint8Array<ArrayBuffer> {
  const bytes = new Uint8Array(length);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function tooLarge(limit: number): Problem {
  return new Problem(
    413,
    "request_too_large",
    `The request is over ${Math.round(limit / 1024 / 1024)} MB; send fewer or smaller files.`,
  );
}

function cutOff(): Problem {
  return new Problem(400, "body_cut_off", "The request ended before its body did; send it again.");
}

function tooSlow(): Problem {
  return new Problem(
    408,
    "body_too_slow",
    "The request's body did not arrive in time. Nothing was taken; send it again over a faster line, or with smaller files.",
  );
}

async function* streamOf(
  body: ReadableStream<Uint8Array>,
  deadline: AbortSignal,
): AsyncGenerator<Uint8Array> {
  const reader = body.getReader();
  const stop = (): void => {
    reader.cancel().catch(() => undefined);
  };
  deadline.addEventListener("abort", stop);
  if (deadline.aborted) stop();
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      yield value;
    }
  } finally {
    deadline.removeEventListener("abort", stop);
    await reader.cancel().catch(() => undefined);
  }
}

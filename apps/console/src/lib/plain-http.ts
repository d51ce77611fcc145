import { watchedFetch } from "./connection.ts";

/** An answer of a plain route that was not a success; the message is the sentence to show. */
export class PlainHttpError extends Error {
  override readonly name = "PlainHttpError";
  readonly status: number;

  constructor(status: number, message: string) {
    super(message);
    this.status = status;
  }
}

/**
 * Asks one of the few routes that are not procedures.
 *
 * @throws PlainHttpError where the server refused; TypeError where it can't be reached.
 */
export async function askPlain(path: string, body?: unknown): Promise<unknown> {
  const init =
    body === undefined
      ? {}
      : {
          method: "POST",
          headers: { "content-type": "application/json" },
          body: JSON.stringify(body),
        };
  const response = await watchedFetch(path, init);
  const answer: unknown = await response.json().catch(() => null);
  if (response.ok) return answer;
  throw new PlainHttpError(response.status, messageOf(answer));
}

function messageOf(answer: unknown): string {
  if (typeof answer === "object" && answer !== null) {
    if ("message" in answer && typeof answer.message === "string") return answer.message;
    if ("detail" in answer && typeof answer.detail === "string") return answer.detail;
  }
  return "The server did not take this. Try again.";
}

import { type Answer, type Browser, createBrowser } from "@secondlook/testkit/api/browser";

/** Everything of an answer that a browser could look at. */
export interface Entry {
  readonly asked: string;
  readonly status: number;
  readonly headers: readonly (readonly [string, string])[];
  readonly size: number;
  /** The body's bytes, as Latin-1 text, so that a difference can be read. */
  readonly body: string;
}

/** What one deployment answered, in order. */
export class Transcript {
  readonly entries: Entry[] = [];

  /** A browser of this session whose every answer is written down. */
  browser(
    app: { fetch(request: Request): Response | Promise<Response> },
    who: string,
    token: string | undefined,
  ): Browser {
    return createBrowser(
      {
        fetch: async (request) => {
          const { pathname, search } = new URL(request.url);
          const response = await app.fetch(request);
          const bytes = Buffer.from(await response.clone().arrayBuffer());
          this.entries.push({
            asked: `${who}: ${request.method} ${pathname}${search}`,
            status: response.status,
            headers: [...response.headers],
            size: bytes.length,
            body: bytes.toString("latin1"),
          });
          return response;
        },
      },
      token,
    );
  }
}

/** The answers that may differ: what the machine said, asked for after every seal. */
export function isReveal(entry: Entry): boolean {
  return entry.asked.endsWith("/trpc/judging.reveal") && entry.status === 200;
}

/** The data of an answer that must not be a refusal. */
export function dataOf(answer: Answer, asked: string): unknown {
  if (answer.status === 200) return answer.data;
  throw new Error(`${asked} was refused: ${answer.status} ${answer.refusal} ${answer.message}`);
}

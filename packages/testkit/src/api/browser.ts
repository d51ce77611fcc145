import { z } from "zod";
import { listProcedures } from "./procedures.ts";

/** What a procedure answered. `data` is undefined after a refusal, `refusal` after none. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: unknown;
  readonly data: unknown;
  readonly refusal: string | undefined;
  readonly message: string | undefined;
}

/** Where a session travels in tests; the server's cookie has tests of its own. */
export const SESSION_HEADER = "x-test-session";

const answerSchema = z.object({
  result: z.object({ data: z.unknown() }).optional(),
  error: z
    .object({ message: z.string(), data: z.object({ refusal: z.string().nullable() }) })
    .optional(),
});

/** One browser of the tests: it keeps its session and calls the app as the console does. */
export interface Browser {
  readonly token: string | undefined;
  fetch(path: string, init?: RequestInit): Promise<Response>;
  /** Calls a tRPC procedure by its path, such as `queue.claimNext`. */
  call(path: string, input?: unknown): Promise<Answer>;
}

export function createBrowser(
  app: { fetch(request: Request): Response | Promise<Response> },
  token?: string,
): Browser {
  async function send(path: string, init: RequestInit = {}): Promise<Response> {
    const headers = new Headers(init.headers);
    if (token !== undefined) headers.set(SESSION_HEADER, token);
    return app.fetch(new Request(new URL(path, "http://secondlook.test"), { ...init, headers }));
  }
  return {
    token,
    fetch: send,
    async call(path, input) {
      const response = await (procedureType(path) === "mutation"
        ? send(`/trpc/${path}`, {
            method: "POST",
            headers: { "content-type": "application/json" },
            ...(input === undefined ? {} : { body: JSON.stringify(input) }),
          })
        : send(
            input === undefined
              ? `/trpc/${path}`
              : `/trpc/${path}?input=${encodeURIComponent(JSON.stringify(input))}`,
          ));
      const body: unknown = await response.json();
      const parsed = answerSchema.safeParse(body).data;
      return {
        status: response.status,
        headers: response.headers,
        body,
        data: parsed?.result?.data,
        refusal: parsed?.error?.data.refusal ?? undefined,
        message: parsed?.error?.message,
      };
    },
  };
}

function procedureType(path: string): "query" | "mutation" | "subscription" {
  const found = listProcedures().find((each) => each.path === path);
  if (found === undefined) throw new Error(`There is no procedure called ${path}.`);
  return found.type;
}

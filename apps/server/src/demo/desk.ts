import { z } from "zod";

/** What answers requests, in this process. */
export interface App {
  fetch(request: Request): Response | Promise<Response>;
}

const origin = "http://127.0.0.1";
const answerSchema = z.object({ result: z.object({ data: z.unknown() }) });

/** A procedure refused a call of the demo; the message has its answer. */
export class DeskError extends Error {
  override readonly name = "DeskError";
}

/** A demo account at work: it calls the same procedures as the console, with a session of its own. */
export interface Desk {
  /** Calls a mutation. Throws DeskError where it is refused. */
  call<Output extends z.ZodType>(
    path: string,
    input: object,
    output: Output,
  ): Promise<z.output<Output>>;
}

/** Signs a demo account in; undefined where there is none, or it was closed. */
export async function openDesk(app: App, handle: string): Promise<Desk | undefined> {
  const signedIn = await app.fetch(post("/auth/demo", { account: handle }));
  if (!signedIn.ok) return undefined;
  const cookie = signedIn.headers.getSetCookie()[0]?.split(";")[0] ?? "";
  return {
    async call(path, input, output) {
      const response = await app.fetch(post(`/trpc/${path}`, input, cookie));
      const body: unknown = await response.json();
      if (!response.ok)
        throw new DeskError(`${path} was refused (${response.status}): ${JSON.stringify(body)}`);
      return output.parse(answerSchema.parse(body).result.data);
    },
  };
}

function post(path: string, body: object, cookie?: string): Request {
  return new Request(`${origin}${path}`, {
    method: "POST",
    headers: { "content-type": "application/json", ...(cookie === undefined ? {} : { cookie }) },
    body: JSON.stringify(body),
  });
}

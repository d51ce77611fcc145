import { Refusal, type RefusalCode } from "@secondlook/api/refusal";
import { type InputOf, type OutputOf, pathOf, type ProcedurePath } from "./procedures.ts";
import { trustInput } from "./unsafe.ts";

/** What an override answers instead of the API. */
type Reply<P extends ProcedurePath> =
  | { readonly answer: OutputOf<P> }
  /** A rule said no, with the sentence that the screen shows. */
  | { readonly refuse: RefusalCode; readonly message: string }
  /** The server failed: status 500. */
  | "fail"
  /** Nothing answered. */
  | "unreachable"
  /** Not this time: the API answers. */
  | "pass";

/** One call to an overridden procedure. */
interface Call<P extends ProcedurePath> {
  readonly input: InputOf<P>;
  /** How many calls came before. */
  readonly before: number;
}

type Answerer = (input: unknown) => Promise<Response | undefined>;

/** Answers for states that neither data nor time can make. Everything else is the API's own. */
export interface Overrides {
  /** Puts an answer in the place of the API's; the newest one of a procedure counts. */
  on<P extends ProcedurePath>(
    path: P,
    reply: (call: Call<P>) => Reply<P> | Promise<Reply<P>>,
  ): void;
  /** Takes every override away. */
  clear(): void;
  /** Undefined where the API shall answer. */
  answer(request: Request): Promise<Response | undefined>;
}

/** No overrides yet. */
export function createOverrides(): Overrides {
  const answerers = new Map<string, Answerer>();
  return {
    on(path, reply) {
      let before = 0;
      answerers.set(path, async (input) => {
        const given = await reply({ input: trustInput(path, input), before });
        before += 1;
        return responseOf(given);
      });
    },
    clear: () => answerers.clear(),
    async answer(request) {
      const path = pathOf(new URL(request.url));
      const answerer = path === undefined ? undefined : answerers.get(path);
      return answerer?.(await inputOf(request.clone()));
    },
  };
}

async function inputOf(request: Request): Promise<unknown> {
  const text =
    request.method === "GET"
      ? new URL(request.url).searchParams.get("input")
      : await request.text();
  return text === null || text === "" ? undefined : JSON.parse(text);
}

function responseOf(reply: Reply<ProcedurePath>): Response | undefined {
  if (reply === "pass") return undefined;
  if (reply === "unreachable") return Response.error();
  if (reply === "fail") return failure();
  if ("answer" in reply) return Response.json({ result: { data: reply.answer } });
  return refusal(reply.refuse, reply.message);
}

/** As the API writes a refusal; a test compares the two. */
export function refusal(code: RefusalCode, message: string): Response {
  const { status } = new Refusal(code, message);
  return envelope(status, message, code);
}

/** As the API writes a fault of its own. */
export function failure(): Response {
  return envelope(500, "Something went wrong on our side. Nothing was changed; try again.", null);
}

/** Names and numbers that tRPC gives to statuses (JSON-RPC's error codes). */
const CODES: Readonly<Record<number, readonly [name: string, code: number]>> = {
  400: ["BAD_REQUEST", -32600],
  401: ["UNAUTHORIZED", -32001],
  403: ["FORBIDDEN", -32003],
  404: ["NOT_FOUND", -32004],
  409: ["CONFLICT", -32009],
  422: ["UNPROCESSABLE_CONTENT", -32022],
  429: ["TOO_MANY_REQUESTS", -32029],
  500: ["INTERNAL_SERVER_ERROR", -32603],
  503: ["SERVICE_UNAVAILABLE", -32603],
};

function envelope(status: number, message: string, code: RefusalCode | null): Response {
  const [name, number] = CODES[status] ?? ["INTERNAL_SERVER_ERROR", -32603];
  const data = {
    code: name,
    httpStatus: status,
    refusal: code,
    requestId: "req_0000000000000000000000",
  };
  return Response.json({ error: { message, code: number, data } }, { status });
}

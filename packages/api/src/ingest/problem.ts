/** One fault, and where in the request it stands (RFC 6901). Never the value itself. */
export interface Fault {
  readonly pointer: string;
  readonly detail: string;
}

export type ProblemStatus = 400 | 401 | 404 | 408 | 409 | 410 | 413 | 415 | 422 | 429 | 503;

const TITLES = {
  400: "The request can't be read",
  401: "A valid key is needed",
  404: "There is no such case",
  408: "The request took too long to arrive",
  409: "This conflicts with what was taken before",
  410: "This account was erased",
  413: "Too large",
  415: "This kind of content is not taken",
  422: "The case can't be taken as it is",
  429: "Too many requests",
  503: "Not now",
} as const satisfies Record<ProblemStatus, string>;

/** A refusal of the machine-facing API: thrown anywhere, answered in one place (RFC 9457). */
export class Problem extends Error {
  override readonly name = "Problem";
  readonly status: ProblemStatus;
  /** A code for the log, which holds no words. */
  readonly reason: string;
  readonly faults: readonly Fault[];
  /** When to try again, where that helps. */
  readonly retryAfterSeconds: number | undefined;

  constructor(
    status: ProblemStatus,
    reason: string,
    detail: string,
    faults: readonly Fault[] = [],
    options: ErrorOptions & { readonly retryAfterSeconds?: number } = {},
  ) {
    super(detail, options);
    this.retryAfterSeconds = options.retryAfterSeconds;
    this.status = status;
    this.reason = reason;
    this.faults = faults;
  }
}

/** `application/problem+json` for a Problem. */
export function problemResponse(problem: Problem): Response {
  const body = {
    type: "about:blank",
    title: TITLES[problem.status],
    status: problem.status,
    detail: problem.message,
    errors: problem.faults,
  };
  const headers = new Headers({
    "content-type": "application/problem+json",
    "cache-control": "no-store",
  });
  if (problem.status === 401) headers.set("www-authenticate", 'Bearer realm="Secondlook"');
  if (problem.status === 429 || problem.status === 503) {
    headers.set("retry-after", String(problem.retryAfterSeconds ?? 5));
  }
  // The rest of the body is not waited for.
  if (problem.status === 408) headers.set("connection", "close");
  return new Response(JSON.stringify(body), { status: problem.status, headers });
}

/** A JSON pointer of path segments. */
export function pointerOf(path: readonly PropertyKey[]): string {
  return path
    .map((part) => `/${String(part).replaceAll("~", "~0").replaceAll("/", "~1")}`)
    .join("");
}

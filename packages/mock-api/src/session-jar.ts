import type { SessionCarrier } from "@secondlook/api/deps";

/** Lets somebody beside the page's own person call the API. */
export const SESSION_HEADER = "x-mock-session";

/** The one session of a page. Browsers keep cookies out of what a page itself makes and reads. */
export interface SessionJar extends SessionCarrier {
  take(): string | undefined;
  put(token: string | undefined): void;
}

/** An empty jar: nobody is signed in. */
export function createSessionJar(): SessionJar {
  let kept: string | undefined;
  return {
    read: (request) => request.headers.get(SESSION_HEADER) ?? kept,
    write(_headers, token) {
      kept = token ?? undefined;
    },
    take: () => kept,
    put(token) {
      kept = token;
    },
  };
}

import type { SessionCarrier } from "@secondlook/api/deps";

/** The one session of a page. Browsers keep cookies out of what a page itself makes and reads. */
export interface SessionJar extends SessionCarrier {
  take(): string | undefined;
  put(token: string | undefined): void;
}

/** An empty jar: nobody is signed in. */
export function createSessionJar(): SessionJar {
  let kept: string | undefined;
  return {
    read: () => kept,
    write(_headers, token) {
      kept = token ?? undefined;
    },
    take: () => kept,
    put(token) {
      kept = token;
    },
  };
}

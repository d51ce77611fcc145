import type { Deps } from "../core/deps.ts";
import type { LiveNews } from "@secondlook/domain/queue/live-news";

/** Between two looks at the database for one stream, in milliseconds; changes between are one. */
const LEAST_MS = 1000;
/** A look that takes long, as over a million cases, is taken no more than a tenth of the time. */
const REST = 10;
/** Without a change it is looked all the same: leases run out and sessions end by the clock. */
const MOST_MS = 15_000;

/**
 * A person's stream of server-sent events: what they are told now, and again whenever it is
 * something else. `look` gives null once their session has ended, which is told by the event `end`.
 */
export function liveStream(
  { live, log }: Pick<Deps, "live" | "log">,
  look: () => Promise<LiveNews | null>,
  onEnd: () => void,
): ReadableStream<Uint8Array> {
  const encoder = new TextEncoder();
  let open = true;
  let wake: () => void = () => undefined;
  const unsubscribe = live.subscribe(() => wake());

  function close(): void {
    if (!open) return;
    open = false;
    unsubscribe();
    wake();
    onEnd();
  }

  async function follow(send: (text: string) => void): Promise<void> {
    let told = "";
    while (open && !live.ended) {
      const changed = new Promise<void>((resolve) => {
        wake = resolve;
      });
      const began = performance.now();
      const snapshot = await look();
      const least = Math.max(LEAST_MS, REST * (performance.now() - began));
      if (!open) return;
      if (snapshot === null) {
        send("event: end\ndata: {}\n\n");
        return;
      }
      const text = JSON.stringify(snapshot);
      // A comment keeps proxies from closing what is quiet.
      send(text === told ? ": still here\n\n" : `data: ${text}\n\n`);
      told = text;
      await pause(least);
      await pause(Math.max(0, MOST_MS - least), changed);
    }
  }

  return new ReadableStream<Uint8Array>({
    start(controller) {
      const send = (text: string): void => {
        if (open) controller.enqueue(encoder.encode(text));
      };
      send("retry: 3000\n\n");
      void follow(send)
        .catch((error: unknown) => log.error({}, "a live stream failed", error))
        .finally(() => {
          if (open) controller.close();
          close();
        });
    },
    cancel: close,
  });
}

/** Waits so long, or until `sooner`. */
async function pause(ms: number, sooner?: Promise<void>): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const passed = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, ms);
  });
  await (sooner === undefined ? passed : Promise.race([passed, sooner]));
  clearTimeout(timer);
}

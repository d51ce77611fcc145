import { type LiveNews, liveSchema } from "@secondlook/domain/queue/live-news";
import { config } from "zod/mini";
import { createStore, type Store } from "./store.ts";

// Schemas would be compiled by `new Function`, which the page's security policy forbids and reports.
config({ jitless: true });

/** What is told live, and how. */
export interface LiveState {
  /**
   * `stream`: at once; `asking`: every few seconds, where no stream can be kept open; `broken`: the
   * stream broke and is being opened again, so what was told may be over; or not now.
   */
  readonly how: "stream" | "asking" | "broken" | "none";
  readonly told: LiveNews | null;
}

/** As much of an `EventSource` as is needed. */
export interface Source {
  addEventListener(
    type: "message" | "end" | "error",
    listener: (event: { readonly data?: unknown }) => void,
  ): void;
  readonly readyState: number;
  close(): void;
}

export interface LiveParts {
  readonly open: () => Source;
  readonly ask: () => Promise<{ readonly status: number; readonly body: unknown }>;
  /** The session has ended. */
  readonly signedOut: () => void;
}

/** Without a stream it is asked so often, and a stream tried again after so many askings. */
const ASK_MS = 20_000;
const TRY_AGAIN_AFTER = 3;
const CLOSED = 2;

/** Keeps what is told live up to date: by a stream that opens again by itself, else by asking. */
export function createLive(parts: LiveParts): {
  readonly state: Store<LiveState>;
  readonly start: () => () => void;
} {
  const state = createStore<LiveState>({ how: "none", told: null });

  function start(): () => void {
    let source: Source | null = null;
    let timer: ReturnType<typeof setTimeout> | undefined;
    let stopped = false;

    function stop(): void {
      stopped = true;
      clearTimeout(timer);
      source?.close();
      state.set({ how: "none", told: null });
    }

    function hear(how: "stream" | "asking", data: unknown): void {
      const told = newsOf(data);
      state.set(told === null ? { how: "none", told } : { how, told });
    }

    function cutOff(): void {
      const { told } = state.get();
      if (told !== null) state.set({ how: "broken", told });
    }

    function open(): void {
      const next = parts.open();
      source = next;
      next.addEventListener("message", ({ data }) => {
        if (!stopped) hear("stream", data);
      });
      next.addEventListener("end", () => {
        stop();
        parts.signedOut();
      });
      next.addEventListener("error", () => {
        if (stopped) return;
        cutOff();
        // Where only the connection broke, the browser opens it again by itself.
        if (next.readyState !== CLOSED) return;
        next.close();
        void ask(TRY_AGAIN_AFTER);
      });
    }

    async function ask(left: number): Promise<void> {
      const answer = await parts.ask().catch(() => null);
      if (stopped) return;
      if (answer?.status === 401) {
        stop();
        parts.signedOut();
        return;
      }
      if (answer?.status === 200) hear("asking", answer.body);
      else cutOff();
      timer = setTimeout(() => (left > 1 ? void ask(left - 1) : open()), ASK_MS);
    }

    open();
    return stop;
  }

  return { state, start };
}

/** What is not as both sides know it counts as not told, and the page says that it is not live. */
function newsOf(data: unknown): LiveNews | null {
  return liveSchema.safeParse(typeof data === "string" ? parseJson(data) : data).data ?? null;
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

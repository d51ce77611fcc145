import type { LiveSnapshot } from "./contract.ts";
import { createStore, type Store } from "./store.ts";

/** What is told live, and how. */
export interface LiveState {
  /** `stream`: at once; `asking`: every few seconds, where no stream can be kept open; or not now. */
  readonly how: "stream" | "asking" | "none";
  readonly told: LiveSnapshot | null;
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

    function open(): void {
      const next = parts.open();
      source = next;
      next.addEventListener("message", ({ data }) => {
        if (!stopped) state.set({ how: "stream", told: snapshotOf(data) });
      });
      next.addEventListener("end", () => {
        stop();
        parts.signedOut();
      });
      next.addEventListener("error", () => {
        // Where only the connection broke, the browser opens it again by itself.
        if (stopped || next.readyState !== CLOSED) return;
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
      if (answer?.status === 200) state.set({ how: "asking", told: snapshotOf(answer.body) });
      timer = setTimeout(() => (left > 1 ? void ask(left - 1) : open()), ASK_MS);
    }

    open();
    return stop;
  }

  return { state, start };
}

function snapshotOf(data: unknown): LiveSnapshot {
  // The server is of this console's version and has put it through the schema of this type.
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion
  return (typeof data === "string" ? JSON.parse(data) : data) as LiveSnapshot;
}

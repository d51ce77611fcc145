/**
 * Tells everybody who looks that the queue, a lease or a session has changed. It carries no content:
 * each listener asks anew for what it may see. What is missed is made up for by asking now and then.
 */
export interface Live {
  /** Called after a commit; told a moment later, several changes as one. */
  changed(): void;
  /** Returns what ends it. */
  subscribe(listener: () => void): () => void;
  /** The server ends: streams close, so that it need not wait for them. */
  readonly ended: boolean;
}

/** How long changes are gathered before they are told, in milliseconds. */
const GATHER_MS = 200;

/** Within one process, and to others by `tell`, which comes back as `heard`. */
export function createLive(tell: () => void = () => undefined): Live & {
  readonly heard: () => void;
  readonly end: () => void;
} {
  const listeners = new Set<() => void>();
  let gathering = false;
  let ended = false;
  const wake = (): void => {
    for (const listener of listeners) listener();
  };
  return {
    changed() {
      if (gathering || ended) return;
      gathering = true;
      setTimeout(() => {
        gathering = false;
        wake();
        if (!ended) tell();
      }, GATHER_MS);
    },
    subscribe(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    get ended() {
      return ended;
    },
    heard: wake,
    end() {
      ended = true;
      wake();
    },
  };
}

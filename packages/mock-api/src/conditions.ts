/** How the network between console and API is just now. */
export interface Conditions {
  readonly offline: boolean;
  /** Before each answer, in milliseconds. */
  readonly delayMs: number;
  set(change: { readonly offline?: boolean; readonly delayMs?: number }): void;
}

/** A good network. */
export function createConditions(): Conditions {
  let now = { offline: false, delayMs: 0 };
  return {
    get offline() {
      return now.offline;
    },
    get delayMs() {
      return now.delayMs;
    },
    set(change) {
      now = { ...now, ...change };
    },
  };
}

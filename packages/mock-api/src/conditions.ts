/** How the network between console and API is just now. */
export interface Conditions {
  offline: boolean;
  /** Before each answer, in milliseconds. */
  delayMs: number;
}

/** A good network. */
export function createConditions(): Conditions {
  return { offline: false, delayMs: 0 };
}

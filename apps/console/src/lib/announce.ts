import { createStore } from "./store.ts";

export interface Announcement {
  readonly text: string;
  readonly urgent: boolean;
  /** Tells the same words said twice apart, so that they are read out twice. */
  readonly serial: number;
}

/** What was last said to those who listen instead of look. */
export const announcement = createStore<Announcement>({ text: "", urgent: false, serial: 0 });

/** Says something through the page's live regions; urgent things interrupt. */
export function announce(text: string, options?: { readonly urgent?: boolean }): void {
  announcement.set({
    text,
    urgent: options?.urgent ?? false,
    serial: announcement.get().serial + 1,
  });
}

import type { Preferences } from "./contract.ts";
import { createStore, type Store } from "./store.ts";
import { api } from "./trpc.ts";

/** How somebody likes to work. The server keeps it, because signing out clears the browser. */
export interface KeptPreferences {
  readonly store: Store<Preferences>;
  /** Takes over what the server has, after signing in. */
  readonly load: (kept: Preferences) => void;
  /** Changes something now and keeps it; false where it could not be kept, so that it ends with the page. */
  readonly change: (change: Partial<Preferences>) => Promise<boolean>;
}

/** Preferences that are sent one after the other. */
export function keepPreferences(send: (content: Preferences) => Promise<unknown>): KeptPreferences {
  const store = createStore<Preferences>({ keys: {}, tourDone: false });
  // One after the other, so that the last one sent is the last one kept.
  let sending: Promise<unknown> = Promise.resolve();
  return {
    store,
    load: (kept) => store.set(kept),
    async change(change) {
      const next = { ...store.get(), ...change };
      store.set(next);
      const before = sending;
      const sent = (async () => {
        await before;
        try {
          await send(next);
          return true;
        } catch {
          return false;
        }
      })();
      sending = sent;
      return sent;
    },
  };
}

/** Those of whoever is signed in. */
export const preferences = keepPreferences((content) =>
  api.session.savePreferences.mutate(content),
);

import { useCallback, useSyncExternalStore } from "react";
import type { Store } from "../../../lib/store.ts";

/**
 * One fact of a store. Renders only when that fact changes: stores here change with every frame.
 *
 * @param fact gives a plain value, or the same object while nothing changed.
 */
export function useFact<T, Fact>(store: Store<T>, fact: (value: T) => Fact): Fact {
  const read = useCallback(() => fact(store.get()), [store, fact]);
  return useSyncExternalStore(store.subscribe, read);
}

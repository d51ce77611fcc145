import { useEffect, useRef } from "react";
import type { Binding } from "./bindings.ts";
import { type KeyHandler, pushLayer } from "./keyboard.ts";

/** Gives a screen or a dialog its keys for as long as it is there. */
export function useKeys<Id extends string>(
  bindings: readonly Binding<Id>[],
  handlers: Partial<Record<Id, KeyHandler>>,
  options?: { readonly exclusive?: boolean; readonly off?: boolean },
): void {
  const latest = useRef(handlers);
  useEffect(() => {
    latest.current = handlers;
  });
  const exclusive = options?.exclusive ?? false;
  const off = options?.off ?? false;
  useEffect(() => {
    if (off) return;
    return pushLayer({ bindings, handlers: () => latest.current, exclusive });
  }, [bindings, exclusive, off]);
}

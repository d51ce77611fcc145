import { useEffect, useRef } from "react";
import type { Binding } from "./bindings.ts";
import { type KeyHandler, pushLayer } from "./keyboard.ts";

/** Gives a screen or a dialog its keys for as long as it is there. */
export function useKeys<Id extends string>(
  bindings: readonly Binding<Id>[],
  handlers: Partial<Record<Id, KeyHandler>>,
  options?: { readonly exclusive?: boolean; readonly off?: boolean },
): void {
  const latest = useRef({ bindings, handlers });
  useEffect(() => {
    latest.current = { bindings, handlers };
  });
  const exclusive = options?.exclusive ?? false;
  const off = options?.off ?? false;
  useEffect(() => {
    if (off) return;
    // Pushed once: a layer that came anew with other keys would lie over the dialog that changed them.
    return pushLayer({
      bindings: () => latest.current.bindings,
      handlers: () => latest.current.handlers,
      exclusive,
    });
  }, [exclusive, off]);
}

import { useLayoutEffect, useRef } from "react";
import type { Binding } from "./bindings.ts";
import { type KeyHandler, pushLayer } from "./keyboard.ts";

/**
 * Gives a screen or a dialog its keys for as long as it is there. They change in the same step as what
 * is on screen: browsers let a key go before the effects that React puts off until after the paint,
 * and it would still have meant what was there before.
 */
export function useKeys<Id extends string>(
  bindings: readonly Binding<Id>[],
  handlers: Partial<Record<Id, KeyHandler>>,
  options?: { readonly exclusive?: boolean; readonly off?: boolean },
): void {
  const latest = useRef({ bindings, handlers });
  useLayoutEffect(() => {
    latest.current = { bindings, handlers };
  });
  const exclusive = options?.exclusive ?? false;
  const off = options?.off ?? false;
  useLayoutEffect(() => {
    if (off) return;
    // Pushed once: a layer that came anew with other keys would lie over the dialog that changed them.
    return pushLayer({
      bindings: () => latest.current.bindings,
      handlers: () => latest.current.handlers,
      exclusive,
    });
  }, [exclusive, off]);
}

import { useSyncExternalStore } from "react";
import { isTyping } from "./keyboard.ts";

/** Whether the focus is where letters are text. */
export function useTyping(): boolean {
  return useSyncExternalStore(subscribe, () => isTyping(document.activeElement));
}

function subscribe(listener: () => void): () => void {
  // The focus is nowhere while `focusout` is told; it has moved a moment later.
  const later = () => queueMicrotask(listener);
  window.addEventListener("focusin", listener);
  window.addEventListener("focusout", later);
  return () => {
    window.removeEventListener("focusin", listener);
    window.removeEventListener("focusout", later);
  };
}

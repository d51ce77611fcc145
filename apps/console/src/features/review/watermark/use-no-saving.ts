import { type RefObject, useEffect } from "react";

/**
 * Neither the browser's menu, which offers to save a picture, nor dragging one out. A courtesy that
 * keeps people from doing it without thinking; nobody is stopped who wants to.
 */
export function useNoSaving(place: RefObject<HTMLElement | null>): void {
  useEffect(() => {
    const element = place.current;
    if (element === null) return;
    const prevent = (event: Event) => event.preventDefault();
    element.addEventListener("contextmenu", prevent);
    element.addEventListener("dragstart", prevent);
    return () => {
      element.removeEventListener("contextmenu", prevent);
      element.removeEventListener("dragstart", prevent);
    };
  }, [place]);
}

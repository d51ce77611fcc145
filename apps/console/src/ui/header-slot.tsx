import type { ReactNode } from "react";
import { createPortal } from "react-dom";
import { createStore, useStore } from "../lib/store.ts";

const headerPlace = createStore<HTMLElement | null>(null);

/** The middle of the header, which the screen in view may fill. */
export function HeaderSlotPlace({ className }: { readonly className: string | undefined }) {
  return <div className={className} ref={(node) => headerPlace.set(node)} />;
}

/** Puts a screen's own status into the header. */
export function HeaderSlot({ children }: { readonly children: ReactNode }) {
  const place = useStore(headerPlace);
  return place === null ? null : createPortal(children, place);
}

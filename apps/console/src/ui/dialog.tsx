import { type ReactNode, useId, useLayoutEffect, useRef } from "react";
import classes from "./dialog.module.css";

/**
 * A dialog of the browser's own: it keeps the focus, closes by Esc and gives the focus back. Render
 * it to open it.
 */
export function Dialog(props: {
  readonly title: string;
  readonly size: "small" | "large" | "widest";
  readonly onClose: () => void;
  readonly children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const title = useId();
  // Closed while it is still in the page: only then does the browser give the focus back.
  useLayoutEffect(() => {
    const element = dialog.current;
    if (element === null || element.open) return;
    element.showModal();
    // The browser takes the first control, which is the one that closes.
    const first = element.querySelector("[data-autofocus]");
    if (first instanceof HTMLElement) first.focus();
    return () => element.close();
  }, []);
  return (
    <dialog
      ref={dialog}
      className={classes.dialog}
      data-size={props.size}
      aria-labelledby={title}
      onCancel={(event) => {
        event.preventDefault();
        props.onClose();
      }}
    >
      <div className={classes.head}>
        <h2 id={title}>{props.title}</h2>
        <button type="button" className={classes.close} onClick={props.onClose}>
          Close <kbd>Esc</kbd>
        </button>
      </div>
      {props.children}
    </dialog>
  );
}

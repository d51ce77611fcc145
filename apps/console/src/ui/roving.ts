import type { KeyboardEvent } from "react";

/**
 * Arrow keys between the buttons of one group, laid out in rows of so many columns. The group is
 * one tab stop: its buttons set `tabIndex` to 0 on one of them and to -1 on the others.
 */
export function rove(event: KeyboardEvent<HTMLElement>, columns: number): void {
  const steps: Record<string, number> = {
    ArrowLeft: -1,
    ArrowRight: 1,
    ArrowUp: -columns,
    ArrowDown: columns,
  };
  const step = steps[event.key];
  if (step === undefined || event.ctrlKey || event.metaKey || event.altKey) return;
  const buttons = Array.from(event.currentTarget.querySelectorAll("button:enabled"));
  const at = buttons.findIndex((button) => button === event.target);
  if (at < 0) return;
  event.preventDefault();
  const next = buttons[at + step];
  if (next instanceof HTMLElement) next.focus();
}

import type { KeyboardEvent } from "react";

/**
 * Arrow keys on a button of a group (`data-choices`), laid out in rows of so many columns. The group is
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
  const group = event.currentTarget.closest("[data-choices]");
  const buttons = Array.from(group?.querySelectorAll("button:enabled") ?? []);
  const at = buttons.indexOf(event.currentTarget);
  if (at < 0) return;
  event.preventDefault();
  const next = buttons[at + step];
  if (next instanceof HTMLElement) next.focus();
}

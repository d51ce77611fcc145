import type { Binding } from "./bindings.ts";

export type ShellCommand = "palette";

/** Keys of the frame, there on every screen. */
export const SHELL_KEYS: readonly Binding<ShellCommand>[] = [
  { id: "palette", keys: ["/"], words: "Find what can be done, by its words", group: "Going on" },
];

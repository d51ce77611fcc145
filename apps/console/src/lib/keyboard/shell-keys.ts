import type { Binding } from "./bindings.ts";

export type ShellCommand = "palette";

/** Keys of the frame, there on every screen. */
export const SHELL_KEYS: readonly Binding<ShellCommand>[] = [
  { id: "palette", keys: ["/"], words: "Everything that can be done now", group: "Going on" },
];

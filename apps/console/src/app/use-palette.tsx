import { type ReactNode, useMemo, useState } from "react";
import { commandsNow } from "../lib/keyboard/keyboard.ts";
import { rebound, soundChoices } from "../lib/keyboard/rebinding.ts";
import { SHELL_KEYS } from "../lib/keyboard/shell-keys.ts";
import { useKeys } from "../lib/keyboard/use-keys.ts";
import { preferences } from "../lib/preferences.ts";
import { useStore } from "../lib/store.ts";
import { Palette } from "./palette.tsx";

/** The palette's key on every screen, and the palette while it is open. */
export function usePalette(): ReactNode {
  const [commands, setCommands] = useState<ReturnType<typeof commandsNow> | null>(null);
  const { keys } = useStore(preferences.store);
  const bindings = useMemo(() => rebound(SHELL_KEYS, soundChoices(SHELL_KEYS, keys)), [keys]);
  useKeys(bindings, { palette: () => setCommands(commandsNow()) });
  if (commands === null) return null;
  // Not loaded when first needed: what is typed right after its key must not be lost meanwhile.
  return <Palette commands={commands} onClose={() => setCommands(null)} />;
}

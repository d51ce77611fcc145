import { useMemo } from "react";
import type { Binding } from "../../lib/keyboard/bindings.ts";
import { keyWords } from "../../lib/keyboard/key-words.ts";
import { type KeyChoices, rebound, soundChoices } from "../../lib/keyboard/rebinding.ts";
import { preferences } from "../../lib/preferences.ts";
import { useStore } from "../../lib/store.ts";
import { REVIEW_KEYS, type ReviewCommand } from "./keys.ts";

/** The workbench's keys with those that the reviewer chose. */
export function useMyKeys(): readonly Binding<ReviewCommand>[] {
  const { keys } = useStore(preferences.store);
  return useMemo(() => myKeys(keys), [keys]);
}

/** The key of a command, as it is shown. */
export function keyOf(command: ReviewCommand): string {
  return keyIn(myKeys(preferences.store.get().keys), command);
}

/** As `keyOf`, in a component. */
export function useKeyOf(command: ReviewCommand): string {
  return keyIn(useMyKeys(), command);
}

function myKeys(choices: KeyChoices): readonly Binding<ReviewCommand>[] {
  return rebound(REVIEW_KEYS, soundChoices(REVIEW_KEYS, choices));
}

function keyIn(bindings: readonly Binding<ReviewCommand>[], command: ReviewCommand): string {
  const key = bindings.find((binding) => binding.id === command)?.keys[0];
  return key === undefined ? "" : keyWords(key);
}

import type { Binding } from "../../lib/keyboard/bindings.ts";
import { keyRun } from "../../lib/keyboard/key-run.ts";
import { keyWords } from "../../lib/keyboard/key-words.ts";
import { type KeyChoices, rebound, soundChoices } from "../../lib/keyboard/rebinding.ts";
import { preferences } from "../../lib/preferences.ts";
import { useStore } from "../../lib/store.ts";
import { KEY_GROUPS, type KeyGroup } from "./key-groups.ts";
import { REVIEW_KEYS, type ReviewCommand } from "./keys.ts";

/** The workbench's keys with those that the reviewer chose. */
export function useMyKeys(): readonly Binding<ReviewCommand>[] {
  return myKeys(useStore(preferences.store).keys).bindings;
}

/** The key of a command, as it is shown. */
export function keyOf(command: ReviewCommand): string {
  return myKeys(preferences.store.get().keys).words(command);
}

/** As `keyOf`, in a component. */
export function useKeyOf(command: ReviewCommand): string {
  return myKeys(useStore(preferences.store).keys).words(command);
}

/** The keys of commands that belong together, as bindings name them. */
export function useGroupKeys(group: KeyGroup): readonly string[] {
  return keysOf(group, useMyKeys());
}

/** As they are told in a sentence: `1–7`, or `q, w and e`. */
export function groupWords(group: KeyGroup): string {
  const { bindings } = myKeys(preferences.store.get().keys);
  const keys = keyRun(keysOf(group, bindings));
  const last = keys.at(-1) ?? "";
  return keys.length < 2 ? last : `${keys.slice(0, -1).join(", ")} and ${last}`;
}

function keysOf(group: KeyGroup, bindings: readonly Binding<ReviewCommand>[]): readonly string[] {
  const ids: readonly ReviewCommand[] = KEY_GROUPS[group];
  return ids.flatMap((id) => bindings.find((binding) => binding.id === id)?.keys.slice(0, 1) ?? []);
}

interface MyKeys {
  readonly bindings: readonly Binding<ReviewCommand>[];
  readonly words: (command: ReviewCommand) => string;
}

// Some seventy hints are on the screen at once, and all ask for the same keys.
let last: { readonly choices: KeyChoices; readonly keys: MyKeys } | null = null;

function myKeys(choices: KeyChoices): MyKeys {
  if (last?.choices === choices) return last.keys;
  const bindings = rebound(REVIEW_KEYS, soundChoices(REVIEW_KEYS, choices));
  const words = new Map(bindings.map(({ id, keys: [key = ""] }) => [id, keyWords(key)]));
  const keys: MyKeys = { bindings, words: (command) => words.get(command) ?? "" };
  last = { choices, keys };
  return keys;
}

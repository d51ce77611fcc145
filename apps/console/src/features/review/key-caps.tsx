import { keyRun } from "../../lib/keyboard/key-run.ts";
import type { KeyGroup } from "./key-groups.ts";
import { useGroupKeys } from "./my-keys.ts";

/** The keys of commands that belong together, the reviewer's own where they chose some. */
export function KeyCaps({ of }: { readonly of: KeyGroup }) {
  return keyRun(useGroupKeys(of)).map((key) => <kbd key={key}>{key}</kbd>);
}

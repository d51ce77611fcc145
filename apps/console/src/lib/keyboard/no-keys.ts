import type { Binding } from "./bindings.ts";
import { useKeys } from "./use-keys.ts";

const NONE: readonly Binding[] = [];

/** While it is there, no key does anything of the screen below; the browser's own keep their use. */
export function NoKeys() {
  useKeys(NONE, {}, { exclusive: true });
  return null;
}

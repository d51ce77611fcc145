import type { ReviewCommand } from "./keys.ts";
import { useKeyOf } from "./my-keys.ts";

/** The key of a command, the reviewer's own where they chose one. */
export function KeyCap({ of }: { readonly of: ReviewCommand }) {
  return <kbd>{useKeyOf(of)}</kbd>;
}

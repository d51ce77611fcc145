const query = globalThis.matchMedia?.("(prefers-reduced-motion: reduce)");

/** Whether the reviewer asked for less motion; then nothing flickers. */
export function prefersReducedMotion(): boolean {
  return query?.matches ?? false;
}

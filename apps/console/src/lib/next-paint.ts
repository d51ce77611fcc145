/** Longer than a frame takes where the page paints at all. */
const WITHOUT_FRAMES_MS = 100;

/** Resolves once the next frame is painted, or soon in a page that paints none, as a hidden one. */
export function nextPaint(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, WITHOUT_FRAMES_MS);
    requestAnimationFrame(() => setTimeout(resolve));
  });
}

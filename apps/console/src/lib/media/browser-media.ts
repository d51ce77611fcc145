import type { Opened } from "./media-store.ts";

/** Below this a picture is small enough to be drawn at any size without flickering detail. */
const SMALLEST = 256;

/**
 * Decodes a picture off the page's own thread, so that it paints at once when its turn comes, and
 * halves it: what is shown small is drawn from a small size. Throws where it can't be decoded.
 */
export async function openMedia(bytes: Blob): Promise<Opened> {
  if (!bytes.type.startsWith("image/")) return { bytes, sizes: [] };
  const sizes = [await createImageBitmap(bytes)];
  for (let last = sizes[0]; last !== undefined; last = sizes.at(-1)) {
    if (Math.max(last.width, last.height) <= SMALLEST) break;
    // Halving is work of the page's own thread: keys that wait go between.
    await nextTask();
    sizes.push(
      // Each is the floor of half the one before, as the sizes of a texture have to be.
      await createImageBitmap(last, {
        resizeWidth: Math.max(1, last.width >> 1),
        resizeHeight: Math.max(1, last.height >> 1),
        resizeQuality: "medium",
      }),
    );
  }
  return { bytes, sizes };
}

function nextTask(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, 0);
  });
}

/** Gives the memory back. */
export function closeMedia({ sizes }: Opened): void {
  for (const size of sizes) size.close();
}

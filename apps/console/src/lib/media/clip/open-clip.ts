import { createBrowserPlayer } from "./browser-player.ts";
import type { ClipPlayer } from "./clip-player.ts";
import { createExactPlayer } from "./exact-player.ts";

/**
 * Opens a clip in memory: frame by frame where this browser can, else in its own player. Rejects
 * where nothing of it can be shown.
 */
export async function openClip(
  bytes: Blob,
  known: { readonly frames: number | null; readonly durationMs: number | null },
): Promise<ClipPlayer> {
  // Chunks of their own, as reading containers takes more code than the rest of a case.
  if ("VideoDecoder" in globalThis) {
    const { decodeClip } = await import("./decode-clip.ts");
    const decoder = await decodeClip(bytes);
    if (decoder !== null) {
      try {
        return await createExactPlayer(decoder);
      } catch (error) {
        decoder.close();
        throw error;
      }
    }
  }
  return createBrowserPlayer(bytes, known);
}

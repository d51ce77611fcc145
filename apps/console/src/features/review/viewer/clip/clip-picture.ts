import type { ClipPlayer } from "../../../../lib/media/clip/clip-player.ts";
import type { Picture } from "../viewer-state.ts";

/** A clip as the stage draws it: the frame that is on show. */
export function clipPicture(clip: ClipPlayer, evidenceId: string, version: number): Picture {
  const { frame } = clip.state.get();
  const { width, height, surface } = clip;
  return {
    key: `${evidenceId}/clip/${frame}`,
    shown: { evidenceId, rendition: "clip", frameSeconds: clip.times[frame]?.start ?? 0 },
    width,
    height,
    levels: [{ image: surface, width, height }],
    version,
    face: null,
  };
}

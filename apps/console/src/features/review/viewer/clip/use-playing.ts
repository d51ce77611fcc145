import type { ClipPlayer } from "../../../../lib/media/clip/clip-player.ts";
import { useStore } from "../../../../lib/store.ts";
import type { Viewer } from "../viewer.ts";

/** Whether a clip moves by itself: in step, the probe's moves both. */
export function usePlaying(viewer: Viewer, clip: ClipPlayer): boolean {
  const { probe } = useStore(viewer.clips);
  const { inStep } = useStore(viewer.marks);
  return useStore((inStep && probe !== null ? probe : clip).state).playing;
}

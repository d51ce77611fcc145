import { compose } from "./similarity.ts";
import type { SideName, ViewerState } from "./viewer-state.ts";
import type { Viewer } from "./viewer.ts";
import { useFact } from "./use-viewer.ts";

/** Says beside a side's name that its picture is not as it was taken: mirrored, or turned. */
export function TurnedNote({ viewer, side }: { readonly viewer: Viewer; readonly side: SideName }) {
  return useFact(viewer.state, (state) => turnedWords(state, side));
}

/** How a side is mirrored and turned by hand, such as ` · mirrored · turned 90° left`. */
export function turnedWords(state: ViewerState, side: SideName): string {
  const angle = Math.round((compose(state.view, state.own[side]).angle * 180) / Math.PI);
  const turned = angle === 0 ? "" : ` · turned ${Math.abs(angle)}° ${angle < 0 ? "left" : "right"}`;
  return `${state.mirror[side] ? " · mirrored" : ""}${turned}`;
}

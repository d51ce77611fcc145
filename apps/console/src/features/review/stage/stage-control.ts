import { type ClipCommands, clipCommands } from "../viewer/clip/clip-commands.ts";
import { type ViewerCommands, viewerCommands } from "../viewer/commands.ts";
import { createViewer, type Viewer } from "../viewer/viewer.ts";

/** The stage, and everything that keys, pointers and buttons do to it. */
export interface StageControl {
  readonly viewer: Viewer;
  readonly does: ViewerCommands;
  readonly clips: ClipCommands;
}

/** One stage's control; `refuse` tells on screen why a command does nothing now. */
export function createStageControl(refuse: (why: string) => void): StageControl {
  const viewer = createViewer();
  return { viewer, does: viewerCommands(viewer, refuse), clips: clipCommands(viewer, refuse) };
}

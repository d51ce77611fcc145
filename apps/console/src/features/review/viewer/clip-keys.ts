import type { Binding } from "../../../lib/keyboard/bindings.ts";

export type ClipCommand =
  | "clip_play"
  | "clip_back"
  | "clip_forward"
  | "clip_speed"
  | "clip_loop"
  | "clip_sharp"
  | "clip_pin"
  | "clip_next_pin"
  | "clip_step";

const line = (
  id: ClipCommand,
  key: string,
  words: string,
  repeats = false,
): Binding<ClipCommand> => ({ id, keys: [key], words, group: "Clips", repeats });

/** The keys of the clips on the stage. */
export const CLIP_KEYS: readonly Binding<ClipCommand>[] = [
  line("clip_play", "m", "Play or pause"),
  line("clip_back", ",", "A frame back", true),
  line("clip_forward", ".", "A frame on", true),
  line("clip_speed", "Shift+c", "Speed"),
  line("clip_loop", "Shift+k", "Repeat, or stop at the end"),
  line("clip_sharp", "Shift+z", "Next sharp frame"),
  line("clip_pin", "Shift+p", "Pin this frame, or let it go"),
  line("clip_next_pin", "Shift+x", "Next pinned frame"),
  line("clip_step", "Shift+j", "Two clips in step"),
];

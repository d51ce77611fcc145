import type { Binding } from "../../../lib/keyboard/bindings.ts";

export type CompareCommand =
  | "mode_next"
  | "mode_previous"
  | "mode_side"
  | "mode_wipe"
  | "mode_overlay"
  | "mode_flicker"
  | "mode_difference"
  | "amount_less"
  | "amount_more"
  | "target"
  | "turn_right"
  | "turn_left"
  | "tilt_right"
  | "tilt_left"
  | "mirror"
  | "align_faces"
  | "align_points"
  | "tone"
  | "tone_reset";

const line = (
  id: CompareCommand,
  key: string,
  words: string,
  repeats = false,
  also = "",
): Binding<CompareCommand> => ({ id, keys: [key], words, also, group: "Comparing", repeats });

/** The keys of the viewer. */
export const COMPARE_KEYS: readonly Binding<CompareCommand>[] = [
  line("mode_next", "v", "Next way to compare"),
  line("mode_previous", "Shift+v", "Way before"),
  line("mode_side", "Shift+s", "Side by side"),
  line("mode_wipe", "Shift+w", "Wipe; again, the other way"),
  line("mode_overlay", "Shift+o", "Overlay"),
  line("mode_flicker", "Shift+f", "Flicker"),
  line("mode_difference", "Shift+d", "Difference"),
  line("amount_less", "Shift+ArrowLeft", "Less of it: wipe, overlay, flicker", true),
  line("amount_more", "Shift+ArrowRight", "More of it", true),
  line("target", "y", "What moves: both, probe, candidate"),
  line("turn_right", "g", "Turn right by a quarter", false, "rotate"),
  line("turn_left", "Shift+g", "Turn left by a quarter", false, "rotate"),
  line("tilt_right", "h", "Turn right by a degree", true, "rotate tilt"),
  line("tilt_left", "Shift+h", "Turn left by a degree", true, "rotate tilt"),
  line("mirror", "Shift+m", "Mirror"),
  line("align_points", "i", "Align by the eyes: two points a side"),
  line("align_faces", "Shift+i", "Align by the faces’ boxes"),
  line("tone", "Shift+t", "Brightness, contrast, sharpness", false, "tone gamma"),
  line("tone_reset", "Shift+r", "Tone as it was"),
];

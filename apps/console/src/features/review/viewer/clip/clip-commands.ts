import { announce } from "../../../../lib/announce.ts";
import { type ClipPlayer, SPEEDS } from "../../../../lib/media/clip/clip-player.ts";
import { frameAt, lengthOf } from "../../../../lib/media/clip/timeline.ts";
import { type SideName, SIDES, sidesOf } from "../viewer-state.ts";
import type { Viewer } from "../viewer.ts";

/**
 * Everything that keys and buttons do to the clips on the stage, by name. `refuse` tells on screen
 * why a command does nothing now.
 */
export function clipCommands(viewer: Viewer, refuse: (why: string) => void) {
  /** The clips that are meant; going in step, the first one leads and the other follows. */
  function meant(side?: SideName): readonly ClipPlayer[] {
    const clips = viewer.clips.get();
    const sides = side === undefined ? sidesOf(viewer.state.get().target) : [side];
    const found = sides.flatMap((each) => clips[each] ?? []);
    return viewer.marks.get().inStep ? leaders(viewer) : found;
  }

  function seek(clip: ClipPlayer, frame: number): void {
    void clip.seek(frame);
  }

  return {
    toggle(side?: SideName) {
      const clips = meant(side);
      const playing = clips.some((clip) => clip.state.get().playing);
      for (const clip of clips) {
        if (playing) clip.pause();
        else clip.play();
      }
    },
    step(by: 1 | -1, side?: SideName) {
      for (const clip of meant(side)) seek(clip, clip.target() + by);
    },
    goTo(side: SideName, frame: number) {
      const clip = viewer.clips.get()[side];
      if (clip !== null) seek(clip, frame);
    },
    speed(side?: SideName) {
      const [first] = meant(side);
      if (first === undefined) return;
      const at = SPEEDS.findIndex((speed) => speed === first.state.get().speed);
      // From full speed to slower ones, as those are what is wanted.
      const next = SPEEDS[(at + SPEEDS.length - 1) % SPEEDS.length] ?? 1;
      for (const clip of meant(side)) clip.setSpeed(next);
      announce(`Clip at ${next} times its speed.`);
    },
    loop(side?: SideName) {
      const clips = meant(side);
      const loops = !(clips[0]?.state.get().loop ?? true);
      for (const clip of clips) clip.setLoop(loops);
      if (clips.length > 0) announce(loops ? "The clip repeats." : "The clip stops at its end.");
    },
    sharp(side?: SideName) {
      for (const clip of meant(side)) {
        const { sharpest } = clip.survey.get();
        const { frame } = clip.state.get();
        const next = sharpest.find((each) => each > frame) ?? sharpest[0];
        if (next !== undefined) seek(clip, next);
      }
    },
    pin(side?: SideName) {
      for (const each of SIDES) {
        const [clip, picture] = [viewer.clips.get()[each], viewer.pictures.get()[each]];
        if (clip === null || picture === null || !meant(side).includes(clip)) continue;
        clip.pause();
        const { evidenceId } = picture.shown;
        const { frame } = clip.state.get();
        const marks = viewer.marks.get();
        const before = marks.pins[evidenceId] ?? [];
        const isPinned = before.includes(frame);
        const pins = isPinned
          ? before.filter((one) => one !== frame)
          : [...before, frame].toSorted((one, other) => one - other);
        viewer.marks.set({ ...marks, pins: { ...marks.pins, [evidenceId]: pins } });
        announce(
          `Frame ${frame + 1} of the ${each} is ${isPinned ? "no longer pinned" : "pinned"}.`,
        );
      }
    },
    inStep() {
      const { probe, candidate } = viewer.clips.get();
      if (probe === null || candidate === null) {
        refuse("Two clips are needed to go in step.");
        return;
      }
      const marks = viewer.marks.get();
      probe.pause();
      candidate.pause();
      viewer.marks.set({ ...marks, inStep: !marks.inStep });
      announce(marks.inStep ? "Each clip goes by itself." : "Both clips go in step from here.");
    },
  };
}

export type ClipCommands = ReturnType<typeof clipCommands>;

function leaders(viewer: Viewer): readonly ClipPlayer[] {
  const { probe, candidate } = viewer.clips.get();
  const leader = probe ?? candidate;
  return leader === null ? [] : [leader];
}

/**
 * Keeps the candidate's clip as far from the probe's as it was when they were put in step: what is
 * on show together stays together, at whatever rates. Returns what ends it.
 */
export function keepInStep(leader: ClipPlayer, follower: ClipPlayer): () => void {
  const timeOf = (clip: ClipPlayer): number => clip.times[clip.state.get().frame]?.start ?? 0;
  const apart = timeOf(follower) - timeOf(leader);
  const length = lengthOf(follower.times);
  return leader.onFrame(() => {
    const seconds = Math.min(length, Math.max(0, timeOf(leader) + apart));
    const frame = frameAt(follower.times, seconds);
    if (frame !== follower.target()) void follower.seek(frame);
  });
}

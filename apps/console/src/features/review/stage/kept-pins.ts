import type { Viewer } from "../viewer/viewer.ts";

/** One case's pins as text: `<case> <evidence>:3,9 <evidence>:4`. */
const KEPT = "secondlook-pins";

/**
 * Keeps which frames of a case's clips are pinned in this tab, over a reload and an undo: their
 * numbers, and nothing of what they show. Returns what ends it.
 */
export function keepPins(viewer: Viewer, caseId: string): () => void {
  const [kept, ...items] = (sessionStorage.getItem(KEPT) ?? "").split(" ");
  if (kept === caseId) viewer.marks.set({ ...viewer.marks.get(), pins: pinsOf(items) });
  let before = viewer.marks.get().pins;
  return viewer.marks.subscribe(() => {
    const { pins } = viewer.marks.get();
    if (pins === before) return;
    before = pins;
    const texts = Object.entries(pins).map(([id, frames]) => `${id}:${frames.join(",")}`);
    sessionStorage.setItem(KEPT, [caseId, ...texts].join(" "));
  });
}

function pinsOf(items: readonly string[]): Record<string, readonly number[]> {
  return Object.fromEntries(
    items.map((item): [string, number[]] => {
      const [id = "", frames = ""] = item.split(":");
      const numbers = frames.split(",").filter((text) => /^\d+$/.test(text));
      return [id, numbers.map(Number)];
    }),
  );
}

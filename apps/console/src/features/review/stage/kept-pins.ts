import { z } from "zod";
import type { Viewer } from "../viewer/viewer.ts";

const KEPT = "secondlook-pins";
const keptSchema = z.object({
  caseId: z.string(),
  pins: z.record(z.string(), z.array(z.int().min(0))),
});

/**
 * Keeps which frames of a case's clips are pinned in this tab, over a reload and an undo: their
 * numbers, and nothing of what they show. Returns what ends it.
 */
export function keepPins(viewer: Viewer, caseId: string): () => void {
  const kept = readKept();
  if (kept?.caseId === caseId) viewer.marks.set({ ...viewer.marks.get(), pins: kept.pins });
  let before = viewer.marks.get().pins;
  return viewer.marks.subscribe(() => {
    const { pins } = viewer.marks.get();
    if (pins === before) return;
    before = pins;
    sessionStorage.setItem(KEPT, JSON.stringify({ caseId, pins }));
  });
}

function readKept(): z.output<typeof keptSchema> | undefined {
  try {
    return keptSchema.safeParse(JSON.parse(sessionStorage.getItem(KEPT) ?? "null")).data;
  } catch {
    return undefined;
  }
}

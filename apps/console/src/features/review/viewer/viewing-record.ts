import type { Viewing } from "../../../lib/contract.ts";
import { modeOf } from "./places.ts";
import type { SideName } from "./viewer-state.ts";
import type { Viewer } from "./viewer.ts";

/** How the pair is looked at, as it is sealed with a rating. */
export function viewingOf(viewer: Viewer): Viewing {
  const state = viewer.state.get();
  const pictures = viewer.pictures.get();
  const side = (name: SideName): Viewing["probe"] => {
    const picture = pictures[name];
    if (picture === null) return null;
    const points = state.align === "points" ? state.points[picture.key] : undefined;
    return {
      ...picture.shown,
      own: { ...state.own[name] },
      mirror: state.mirror[name],
      tone: { ...state.tone[name] },
      points: points === undefined ? null : [{ ...points[0] }, { ...points[1] }],
    };
  };
  return {
    mode: modeOf(state, pictures),
    split: state.split,
    opacity: state.opacity,
    rate: state.rate,
    view: { ...state.view },
    align: state.align,
    probe: side("probe"),
    candidate: side("candidate"),
  };
}

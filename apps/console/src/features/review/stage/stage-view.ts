/**
 * How the stage is looked at: one magnification and one shift for both sides. The shift is in
 * widths and heights of a pane, so that both sides move alike whatever their size.
 */
export interface StageView {
  readonly scale: number;
  readonly x: number;
  readonly y: number;
}

/** A place in a pane, from its middle, in widths and heights: −0.5 to 0.5. */
export interface PanePoint {
  readonly x: number;
  readonly y: number;
}

export const RESET: StageView = { scale: 1, x: 0, y: 0 };
export const MAX_SCALE = 16;

/** Magnifies by a factor; what lies under the point stays where it is. */
export function zoomAt(view: StageView, factor: number, point: PanePoint): StageView {
  const scale = Math.min(MAX_SCALE, Math.max(1, view.scale * factor));
  const grown = scale / view.scale;
  return within({
    scale,
    x: point.x - (point.x - view.x) * grown,
    y: point.y - (point.y - view.y) * grown,
  });
}

/** Shifts by a part of a pane. */
export function panBy(view: StageView, x: number, y: number): StageView {
  return within({ ...view, x: view.x + x, y: view.y + y });
}

/** The picture's edge never passes the pane's, so that nothing gets lost off the stage. */
function within(view: StageView): StageView {
  const room = (view.scale - 1) / 2;
  return {
    scale: view.scale,
    x: clamp(view.x, room),
    y: clamp(view.y, room),
  };
}

function clamp(value: number, room: number): number {
  // Adding 0 makes nothing of −0.
  return Math.min(room, Math.max(-room, value)) + 0;
}

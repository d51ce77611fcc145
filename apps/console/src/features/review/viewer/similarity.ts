export interface Point {
  readonly x: number;
  readonly y: number;
}

/**
 * A similarity of the plane: mirror (x becomes −x), then turn by `angle` radians, then grow by
 * `scale`, then shift. Angles, ratios and straightness stay as they are, so no face is distorted.
 */
export interface Similarity {
  readonly scale: number;
  /** Radians, clockwise as y points down; above −π, at most π. */
  readonly angle: number;
  readonly mirror: boolean;
  readonly x: number;
  readonly y: number;
}

export const IDENTITY: Similarity = { scale: 1, angle: 0, mirror: false, x: 0, y: 0 };

/** Where a point goes. */
export function applyTo(s: Similarity, point: Point): Point {
  const turned = linear(s, point);
  return { x: turned.x + s.x, y: turned.y + s.y };
}

/** First `inner`, then `outer`. */
export function compose(outer: Similarity, inner: Similarity): Similarity {
  const angle = outer.mirror ? outer.angle - inner.angle : outer.angle + inner.angle;
  const shift = applyTo(outer, inner);
  return {
    scale: outer.scale * inner.scale,
    angle: normalAngle(angle),
    mirror: outer.mirror !== inner.mirror,
    x: shift.x,
    y: shift.y,
  };
}

/** What takes it back. */
export function invert(s: Similarity): Similarity {
  const back: Similarity = {
    scale: 1 / s.scale,
    angle: normalAngle(s.mirror ? s.angle : -s.angle),
    mirror: s.mirror,
    x: 0,
    y: 0,
  };
  const shift = linear(back, s);
  return { ...back, x: -shift.x, y: -shift.y };
}

/** Grows by `factor` and turns by `angle`; `centre` stays where it is. */
export function about(centre: Point, change: { factor?: number; angle?: number }): Similarity {
  const turn: Similarity = {
    ...IDENTITY,
    scale: change.factor ?? 1,
    angle: normalAngle(change.angle ?? 0),
  };
  const moved = linear(turn, centre);
  return { ...turn, x: centre.x - moved.x, y: centre.y - moved.y };
}

export function shiftBy(x: number, y: number): Similarity {
  return { ...IDENTITY, x, y };
}

/** An angle above −π and at most π. */
export function normalAngle(angle: number): number {
  const turn = 2 * Math.PI;
  const within = angle - turn * Math.ceil((angle - Math.PI) / turn);
  // Adding 0 makes nothing of −0.
  return within + 0;
}

function linear({ scale, angle, mirror }: Similarity, point: Point): Point {
  const x = mirror ? -point.x : point.x;
  const cos = Math.cos(angle) * scale;
  const sin = Math.sin(angle) * scale;
  return { x: cos * x - sin * point.y, y: sin * x + cos * point.y };
}

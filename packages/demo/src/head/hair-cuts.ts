import type { HairStyle } from "../people/capture.ts";
import type { Person } from "../people/person.ts";
import { curve } from "../render/math.ts";

/** What makes one cut different from another; lengths in centimetres. */
export interface Cut {
  /** Thickness over the crown. */
  readonly volume: number;
  /** Extra thickness at the front. */
  readonly front: number;
  /** Thickness at the sides, as a part of the crown's. */
  readonly sides: number;
  /** Height over the eyes of a fringe at the left and the right of the picture. */
  readonly fringe?: readonly [left: number, right: number];
  /** Where hanging hair ends, under the eyes. */
  readonly hangsTo?: number;
  /** Where the hair is parted, to the right of the middle; strands run down from there. */
  readonly parting?: number;
  readonly waves: number;
}

const plain = { front: 0.2, sides: 0.42, waves: 0 } as const;

export const cuts: Record<HairStyle, Cut> = {
  shaved: { ...plain, volume: 0.1, front: 0 },
  short: { ...plain, volume: 0.9, front: 0.35 },
  crop: { ...plain, volume: 1, front: 0.5, sides: 0.3, fringe: [5.6, 5.2] },
  sidePart: { ...plain, volume: 1.3, front: 0.7, parting: -3.2 },
  sweptBack: { ...plain, volume: 1.35, front: 0.9, sides: 0.3, waves: 0.3 },
  fringe: { ...plain, volume: 1.3, front: 0.1, fringe: [3.9, 3.7] },
  sweptFringe: { ...plain, volume: 1.4, front: 0.4, fringe: [5.9, 3.4], parting: -4 },
  afro: { ...plain, volume: 3.1, front: 0.6, sides: 0.75 },
  bun: { ...plain, volume: 0.55, front: 0.15, waves: 0.4 },
  bob: { ...plain, volume: 1.15, hangsTo: -11, parting: 0.4 },
  fringeBob: { ...plain, volume: 1.25, hangsTo: -10.5, fringe: [3.7, 3.7] },
  wavy: { ...plain, volume: 1.5, hangsTo: -18, parting: -2, waves: 1, sides: 0.55 },
  long: { ...plain, volume: 1.05, hangsTo: -23, parting: 0.4 },
};

const degree = Math.PI / 180;

/** Height of the hairline by angle round the head, in radians from the front, left below 0. */
export function hairEdge(
  person: Person,
  style: HairStyle,
  line: number,
): (angle: number) => number {
  const bald = person.hairRecession;
  const { fringe, hangsTo, parting = 0 } = cuts[style];
  const covered = hangsTo !== undefined;
  // Women's hairlines are rounder at the temples.
  const round = 1 - person.masculinity;
  const side = (at: -1 | 1): ((angle: number) => number) => {
    const end = fringe?.[at < 0 ? 0 : 1] ?? 0;
    const middle = fringe === undefined ? 0 : (fringe[0] + fringe[1]) / 2;
    // Hair falls further over the forehead on the side that the parting is not on.
    const open = covered ? parting * at * 0.35 : 0;
    const front: readonly (readonly [number, number])[] =
      fringe !== undefined
        ? [
            [0, middle],
            [20, middle * 0.45 + end * 0.55],
            [36, end],
            [50, Math.min(end, 4) - 0.3],
          ]
        : covered
          ? [
              [0, line + 0.6 + open * 0.3],
              [10, line + 0.2 + open],
              [22, line - 1.0 + open],
              [34, line - 2.7 + open],
              [46, line - 4.8 + open * 0.5],
            ]
          : [
              [0, line - 0.1 + bald * 1.5],
              [16, line + 0.05 + bald * 2.2],
              [30, line + 0.35 - round * 0.9 + bald * 4.2],
              [40, line - 0.5 - round * 1.4 + bald * 4.8],
              [50, line - 2.2 - round * 1.3 + bald * 4.2],
            ];
    return curve([
      ...front,
      [60, (covered ? 0.4 : 2.6 - round * 0.9) + bald * 1.5],
      [68, covered ? -1.4 : 0.9],
      [75, covered ? -2.6 : -0.9],
      [80, covered ? -3.2 : -1.5],
      [85, covered ? -3 : 0.8],
      [92, covered ? -2 : 2.1],
      [99, covered ? -1 : 1.7],
      [108, -1.4],
      [122, -5.2],
      [142, -6.6],
      [180, -6.9],
    ]);
  };
  const left = side(-1);
  const right = side(1);
  return (angle) => (angle < 0 ? left(-angle / degree) : right(angle / degree));
}

import type { Reader } from "../../binary.ts";
import type { Box } from "../../boxes.ts";
import { ORIENTATIONS, type Orientation, uprightPoint } from "../orientation.ts";

/**
 * The turn that the boxes `irot` and `imir` ask for (ISO/IEC 23008-12, 6.5.10 and 6.5.12), one after
 * the other in their order, as the one EXIF orientation that does the same.
 */
export function turnOf(r: Reader, properties: readonly Box[]): Orientation {
  const steps = properties.flatMap((property): Orientation[] => {
    if (property.data >= property.end) return [];
    // Quarters are anticlockwise: what EXIF calls 8, 3 and 6.
    if (property.type === "irot") return [QUARTERS[r.u8(property.data) & 3] ?? 1];
    // Axis 0 swaps top and bottom, 1 left and right.
    if (property.type === "imir") return [(r.u8(property.data) & 1) === 0 ? 4 : 2];
    return [];
  });
  return steps.reduce<Orientation>(
    (turned, step) => ORIENTATIONS.find((both) => isBoth(both, turned, step)) ?? 1,
    1,
  );
}

const QUARTERS: readonly Orientation[] = [1, 8, 3, 6];

/** Whether one orientation puts points where first `a` and then `b` put them. */
function isBoth(both: Orientation, a: Orientation, b: Orientation): boolean {
  // Two points that no two of the eight turns put in the same places.
  return (
    [
      [0.1, 0.2],
      [0.7, 0.4],
    ] as const
  ).every(([x, y]) => {
    const [wantedX, wantedY] = uprightPoint(b, ...uprightPoint(a, x, y));
    const [gotX, gotY] = uprightPoint(both, x, y);
    return Math.abs(wantedX - gotX) + Math.abs(wantedY - gotY) < 1e-9;
  });
}

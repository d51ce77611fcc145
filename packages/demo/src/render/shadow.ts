import type { PosedMesh } from "./camera.ts";
import { borrowSheet, drawMesh, type CoverTest } from "./raster.ts";

/** What a lamp sees: enough to tell which spots lie in another part's shadow. */
export interface ShadowMap {
  /** 1 lit … 0 in shadow, softened. */
  lit(x: number, y: number, z: number): number;
}

const reach = 26;
const middleY = -4;
const bias = 0.55;

/** Draws the nearness of all meshes as seen from the lamp's direction, without perspective. */
export function createShadowMap(
  posed: readonly PosedMesh[],
  lamp: readonly [number, number, number],
  size: number,
  covers: CoverTest,
): ShadowMap {
  const sheet = borrowSheet("shadow", size, size);
  const [lx, ly, lz] = lamp;
  const flat = Math.hypot(lx, lz) || 1;
  const scale = size / (2 * reach);
  const rx = (lz / flat) * scale,
    rz = (-lx / flat) * scale;
  const ux = ((-ly * lx) / flat) * scale,
    uy = flat * scale,
    uz = ((-ly * lz) / flat) * scale;
  const half = size / 2;
  for (const each of posed) {
    if (each.mesh.material === "frame") continue;
    // The lens fills it in anew afterwards.
    const { points, screen } = each;
    for (let i = 0; i < points.length; i += 3) {
      const x = points[i] ?? 0,
        dy = (points[i + 1] ?? 0) - middleY,
        z = points[i + 2] ?? 0;
      screen[i] = half + rx * x + rz * z;
      screen[i + 1] = half - (ux * x + uy * dy + uz * z);
      screen[i + 2] = 100 + lx * x + ly * dy + lz * z;
    }
    drawMesh(sheet, each, covers);
  }
  const near = sheet.near;
  const taps = 2;
  const down = taps * size;
  const weight = 1 / (2 * taps) ** 2;
  return {
    lit(x, y, z) {
      const dy = y - middleY;
      const fx = half + rx * x + rz * z;
      const fy = half - (ux * x + uy * dy + uz * z);
      const px = fx | 0;
      const py = fy | 0;
      const depth = 100 + lx * x + ly * dy + lz * z + bias;
      if (px < taps || py < taps || px >= size - taps || py >= size - taps) return 1;
      // Most spots lie wholly in light or wholly in shadow: their corners tell.
      const middle = py * size + px;
      const first = (near[middle - down - taps] ?? 0) > depth;
      if (
        first === (near[middle - down + taps] ?? 0) > depth &&
        first === (near[middle + down - taps] ?? 0) > depth &&
        first === (near[middle + down + taps] ?? 0) > depth
      )
        return first ? 0 : 1;
      // A box that slides between the map's pixels, so that edges don't step.
      const tx = fx - px;
      const ty = fy - py;
      let shadowed = 0;
      for (let row = -taps; row <= taps; row += 1) {
        const weightY = row === -taps ? 1 - ty : row === taps ? ty : 1;
        const at = middle + row * size;
        for (let column = -taps; column <= taps; column += 1) {
          if ((near[at + column] ?? 0) > depth)
            shadowed += weightY * (column === -taps ? 1 - tx : column === taps ? tx : 1);
        }
      }
      return 1 - shadowed * weight;
    },
  };
}

import type { PosedMesh } from "./camera.ts";
import { borrowSheet, drawMesh, type CoverTest } from "./raster.ts";
import type { SurfaceSpot } from "./surfaces.ts";

/** What a lamp sees: enough to tell which spots lie in another part's shadow. */
export interface ShadowMap {
  /** 1 lit … 0 in shadow, softened; the spot's direction must be of length 1. */
  lit(spot: SurfaceSpot): number;
}

const reach = 26;
const middleY = -4;
const bias = 0.55;
/** How far over its surface a spot is taken to be, so that no surface shadows itself. */
const lift = 0.25;

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
    projectFlat(each, [rx, rz, ux, uy, uz, lx, ly, lz], half);
    drawMesh(sheet, each, covers, 2);
  }
  const near = sheet.near;
  return {
    lit(spot) {
      const x = spot.x + spot.nx * lift;
      const dy = spot.y + spot.ny * lift - middleY;
      const z = spot.z + spot.nz * lift;
      const depth = 100 + lx * x + ly * dy + lz * z + bias;
      // A box of three by three that slides between the map's pixels, so that edges don't step.
      const fx = half + rx * x + rz * z - 1.5;
      const fy = half - (ux * x + uy * dy + uz * z) - 1.5;
      const px = fx | 0;
      const py = fy | 0;
      if (px < 0 || py < 0 || px + 3 >= size || py + 3 >= size) return 1;
      const from = py * size + px;
      const to = from + 3 * size;
      // Most spots lie wholly in light or wholly in shadow: their corners tell.
      const first = (near[from] ?? 0) > depth;
      if (
        first === (near[from + 3] ?? 0) > depth &&
        first === (near[to] ?? 0) > depth &&
        first === (near[to + 3] ?? 0) > depth
      )
        return first ? 0 : 1;
      const tx = fx - px;
      const ty = fy - py;
      let shadowed = 0;
      for (let at = from; at <= to; at += size) {
        const inRow =
          ((near[at] ?? 0) > depth ? 1 - tx : 0) +
          ((near[at + 1] ?? 0) > depth ? 1 : 0) +
          ((near[at + 2] ?? 0) > depth ? 1 : 0) +
          ((near[at + 3] ?? 0) > depth ? tx : 0);
        shadowed += inRow * (at === from ? 1 - ty : at === to ? ty : 1);
      }
      return 1 - shadowed / 9;
    },
  };
}

type Axes = readonly [
  rightX: number,
  rightZ: number,
  upX: number,
  upY: number,
  upZ: number,
  nearX: number,
  nearY: number,
  nearZ: number,
];

/** Fills in a mesh's screen as the lamp sees it. */
function projectFlat({ points, screen }: PosedMesh, axes: Axes, half: number): void {
  const [rx, rz, ux, uy, uz, lx, ly, lz] = axes;
  for (let i = 0; i < points.length; i += 3) {
    const x = points[i] ?? 0,
      dy = (points[i + 1] ?? 0) - middleY,
      z = points[i + 2] ?? 0;
    screen[i] = half + rx * x + rz * z;
    screen[i + 1] = half - (ux * x + uy * dy + uz * z);
    screen[i + 2] = 100 + lx * x + ly * dy + lz * z;
  }
}

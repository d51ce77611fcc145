import { createNoise } from "./noise.ts";
import type { Mesh } from "./mesh.ts";
import { clearSheet, drawMesh, type CoverTest, type PixelSheet } from "./raster.ts";

/** What a lamp sees: enough to tell which spots lie in another part's shadow. */
export interface ShadowMap {
  /** 1 lit … 0 in shadow, softened. */
  lit(x: number, y: number, z: number): number;
}

const jitter = createNoise("shadow");
const reach = 26;
const middleY = -4;

/** Draws the nearness of all meshes as seen from the lamp's direction, without perspective. */
export function createShadowMap(
  posed: readonly {
    readonly mesh: Mesh;
    readonly points: Float32Array;
    readonly normals: Float32Array;
  }[],
  lamp: readonly [number, number, number],
  sheet: PixelSheet,
  covers: CoverTest,
): ShadowMap {
  const size = sheet.width;
  clearSheet(sheet);
  const [lx, ly, lz] = lamp;
  const flat = Math.hypot(lx, lz) || 1;
  const right = [lz / flat, 0, -lx / flat] as const;
  const up = [(-ly * lx) / flat, flat, (-ly * lz) / flat] as const;
  const scale = size / (2 * reach);
  const place = (x: number, y: number, z: number, out: Float32Array, i: number): void => {
    const dy = y - middleY;
    out[i] = size / 2 + (right[0] * x + right[2] * z) * scale;
    out[i + 1] = size / 2 - (up[0] * x + up[1] * dy + up[2] * z) * scale;
    out[i + 2] = 100 + lx * x + ly * dy + lz * z;
  };
  for (const { mesh, points, normals } of posed) {
    if (mesh.material === "frame") continue;
    const screen = new Float32Array(points.length);
    for (let i = 0; i < points.length; i += 3)
      place(points[i] ?? 0, points[i + 1] ?? 0, points[i + 2] ?? 0, screen, i);
    drawMesh(sheet, { mesh, screen, normals }, covers);
  }
  const spot = new Float32Array(3);
  const blocked = (at: number, depth: number): number => ((sheet.near[at] ?? 0) > depth ? 1 : 0);
  const bias = 0.55;
  // A coarse map is soft enough with fewer samples.
  const taps = size > 200 ? 2 : 1;
  return {
    lit(x, y, z) {
      place(x, y, z, spot, 0);
      // Uneven sampling hides the map's own pixels.
      const px = Math.floor((spot[0] ?? 0) + jitter.cell(x * 37, y * 37));
      const py = Math.floor((spot[1] ?? 0) + jitter.cell(y * 41 + 9, x * 41));
      const depth = (spot[2] ?? 0) + bias;
      if (px < taps || py < taps || px >= size - taps || py >= size - taps) return 1;
      // Most spots lie wholly in light or wholly in shadow: their corners tell.
      const corner = py * size + px;
      const down = taps * size;
      const corners =
        blocked(corner - down - taps, depth) +
        blocked(corner - down + taps, depth) +
        blocked(corner + down - taps, depth) +
        blocked(corner + down + taps, depth);
      if (corners === 0 || corners === 4) return 1 - corners / 4;
      let shadowed = 0;
      for (let dy = -taps; dy <= taps; dy += 1) {
        for (let dx = -taps; dx <= taps; dx += 1) {
          shadowed += blocked(corner + dy * size + dx, depth);
        }
      }
      return 1 - shadowed / (2 * taps + 1) ** 2;
    },
  };
}

import type { Capture } from "../people/capture.ts";
import { blob, mix } from "../render/math.ts";
import { buildMesh, type Mesh } from "../render/mesh.ts";
import type { HeadShape } from "./head-shape.ts";

/** Spectacles as thin rings in front of the eyes, with bars to the ears. */
export function glassesMeshes(capture: Capture, shape: HeadShape): Mesh[] {
  if (capture.glasses === "none") return [];
  const l = shape.landmarks;
  const power = capture.glasses === "round" ? 2 : 3.6;
  const [rx, ry] = capture.glasses === "round" ? [2.35, 2.2] : [2.6, 1.75];
  const thickness = capture.glasses === "rimless" ? 0.09 : 0.17;
  const z = shape.front(0.3) + 1.35;
  const tube = (points: readonly (readonly [number, number, number])[], radius: number): Mesh =>
    buildMesh({
      material: "frame",
      columns: 7,
      rows: points.length,
      outwardFrom: [0, 0, -20],
      at(column, row, out) {
        const angle = (column / 6) * Math.PI * 2;
        const [px, py, pz] = points[row] ?? [0, 0, 0];
        const [qx, qy] = points[Math.min(points.length - 1, row + 1)] ?? [0, 0, 0];
        const [ox, oy] = points[Math.max(0, row - 1)] ?? [0, 0, 0];
        const length = Math.hypot(qx - ox, qy - oy) || 1;
        out.x = px - ((qy - oy) / length) * Math.cos(angle) * radius;
        out.y = py + ((qx - ox) / length) * Math.cos(angle) * radius;
        out.z = pz + Math.sin(angle) * radius;
        out.w = 1;
      },
    });
  const meshes: Mesh[] = [];
  const wrap = (x: number): number => z - x * x * 0.022;
  for (const side of [-1, 1]) {
    const ring = Array.from({ length: 49 }, (_, i) => {
      const a = (i / 48) * Math.PI * 2;
      const c = Math.cos(a);
      const s = Math.sin(a);
      const x = side * (l.eyeX + 0.1) + Math.sign(c) * Math.abs(c) ** (2 / power) * rx;
      return [x, -0.25 + Math.sign(s) * Math.abs(s) ** (2 / power) * ry, wrap(x)] as const;
    });
    meshes.push(tube(ring, thickness));
    const outer = side * (l.eyeX + 0.1 + rx);
    meshes.push(
      tube(
        Array.from(
          { length: 12 },
          (_, i) =>
            [
              mix(outer, side * (shape.halfWidth(0) + 0.25), (i / 11) ** 0.35),
              mix(0.6, 1, i / 11),
              mix(wrap(outer), -1, i / 11),
            ] as const,
        ),
        Math.max(0.1, thickness),
      ),
    );
  }
  const inner = l.eyeX + 0.1 - rx;
  meshes.push(
    tube(
      Array.from(
        { length: 9 },
        (_, i) =>
          [mix(-inner, inner, i / 8), 0.25 + 0.35 * blob(i - 4, 0, 2.4, 1), z + 0.05] as const,
      ),
      Math.max(0.09, thickness * 0.9),
    ),
  );
  return meshes;
}

import { curve, mix, smoothstep } from "../render/math.ts";
import { buildMesh, type Mesh } from "../render/mesh.ts";
import type { Noise } from "../render/noise.ts";
import type { HeadShape } from "./head-shape.ts";

/** A headscarf: over hair, ears and neck, open for the face, falling on the shoulders. */
export function scarfMesh(shape: HeadShape, noise: Noise, detail: number): Mesh {
  const chin = shape.landmarks.chinY;
  const columns = Math.round(92 * detail);
  const rows = Math.round(66 * detail);
  const point = new Float32Array(3);
  const half = curve([
    [3, 8.2],
    [0, 8.3],
    [-4, 8.3],
    [-8, 8.3],
    [chin - 0.5, 8.7],
    [-14.5, 11.4],
    [-17.5, 17],
    [-20, 22],
    [-26, 25],
  ]);
  const front = curve([
    [3, 8.6],
    [0, 8],
    [-4, 7.7],
    [-8, 7.8],
    [chin - 0.4, 8.2],
    [-14.5, 7.6],
    [-18, 9],
    [-22, 10.8],
    [-26, 11.6],
  ]);
  return buildMesh({
    material: "scarf",
    columns,
    rows,
    at(column, row, out) {
      const phi = mix(-Math.PI, Math.PI, column / (columns - 1));
      const down = row / (rows - 1);
      const y =
        down < 0.22
          ? mix(6.5, shape.top, Math.cos((down / 0.22) * Math.PI * 0.5) ** 0.75)
          : mix(6.5, -26, (down - 0.22) / 0.78);
      const s = Math.sin(phi);
      const c = Math.cos(phi);
      shape.point(phi, Math.max(y, chin * 0.92), point);
      const grow = 0.75 + 0.3 * smoothstep(0, 9, y) + 0.12 * Math.sin(phi * 3 + y * 0.8);
      const ny = smoothstep(4, 11.5, y);
      const hang = smoothstep(3, -2, y);
      const folds =
        (noise.cloud(phi * 2.2 + y * 0.1, y * 0.22) * 0.9 +
          Math.sin(y * 1.1 + Math.abs(phi) * 5 + noise.at(phi * 2, y * 0.2) * 2) * 0.16) *
        smoothstep(4, -9, y);
      out.x = mix((point[0] ?? 0) + s * grow, s * (half(y) + folds), hang);
      out.y = y + ny * grow;
      out.z = mix(
        (point[2] ?? 0) + c * grow * (1 - ny * 0.6),
        // Cheeks never come through the cloth.
        Math.max(
          -0.8 + c * (c > 0 ? front(y) + 0.8 + folds : 9 + smoothstep(-10, -26, y) * 3),
          c > 0 ? (point[2] ?? 0) + 0.4 * c - 9 * smoothstep(chin * 0.4, chin * 0.9, y) : -Infinity,
        ),
        hang,
      );
      out.u = phi;
      out.v = y;
      const middleY = (chin - 0.2 + 5.9) / 2;
      const oval = Math.hypot(
        out.x / (5.6 + 0.5 * smoothstep(-7, 1, y)),
        (y - middleY) / ((5.9 - chin + 0.2) / 2),
      );
      // `w` above 0 is cloth; the face's opening is below it.
      out.w = c > 0.05 ? (oval - 1) * 5 : 3;
      out.headShare = smoothstep(-20, -9, y);
    },
  });
}

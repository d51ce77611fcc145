import type { Person } from "../people/person.ts";
import { bell, blob, clamp, curve, mix, smoothstep } from "../render/math.ts";
import { buildMesh, type Mesh } from "../render/mesh.ts";
import { columnAngle, textureShare, textureTop } from "./face-texture.ts";
import type { HeadShape } from "./head-shape.ts";

/** The head itself, carrying the face's texture. `detail` 1 suits a clip, 1.6 a picture. */
export function headMesh(shape: HeadShape, detail: number): Mesh {
  const domeRows = 10;
  const faceRows = Math.round(84 * detail);
  const columns = Math.round(104 * detail);
  const point = new Float32Array(3);
  return buildMesh({
    material: "face",
    closed: true,
    columns,
    rows: domeRows + faceRows,
    at(column, row, out) {
      const s = (column / (columns - 1)) * 2 - 1;
      const phi = columnAngle(s);
      const y =
        row < domeRows
          ? mix(9, shape.top, Math.cos((row / domeRows) * Math.PI * 0.5) ** 0.8)
          : mix(9, shape.bottom, (row - domeRows) / (faceRows - 1));
      shape.point(phi, y, point);
      out.x = point[0] ?? 0;
      out.y = y;
      out.z = point[2] ?? 0;
      out.u = clamp((s / textureShare + 1) / 2, 0, 1);
      out.v = clamp((textureTop - y) / (textureTop - shape.bottom), 0, 1);
      out.w = 1;
    },
  });
}

/** Both ears: a bowl with a rolled rim and a lobe. */
export function earMeshes(person: Person, shape: HeadShape): Mesh[] {
  const t = person.traits;
  const height = 3.05 + t.earSize * 0.4;
  const width = 1.75 + t.earSize * 0.2;
  const flare = 0.36 + t.earFlare * 0.24;
  return [-1, 1].map((side) => {
    const rootX = shape.halfWidth(-1.4) - 0.25;
    return buildMesh({
      material: "skin",
      columns: 40,
      rows: 14,
      outwardFrom: [0, -1.2, -3],
      at(column, row, out) {
        const angle = (column / 39) * Math.PI * 2;
        const r = row / 13;
        const up = Math.sin(angle);
        const backward = Math.cos(angle);
        const lobe = up < -0.55 ? 1 - (0.3 - t.earLobe * 0.16) * smoothstep(-0.55, -0.95, up) : 1;
        const outline = r * (1 + 0.12 * up) * lobe;
        const px = (backward * outline * 0.95 + 0.85) * width;
        const py = up * outline * height;
        const rim =
          0.34 * bell(r, 0.86, 0.1) * smoothstep(-0.75, 0.1, backward + up * 0.5) -
          0.2 * smoothstep(0.93, 1, r);
        const inner = 0.24 * bell(r, 0.52, 0.12) * smoothstep(-0.2, 0.5, backward);
        const bowl = -0.55 * blob(backward * r + 0.3, up * r + 0.15, 0.3, 0.3);
        const lift = rim + inner + bowl + 0.15;
        out.x = side * (rootX + px * Math.sin(flare) + lift * Math.cos(flare));
        out.y = -1.3 + py;
        out.z = -0.4 - px * Math.cos(flare) + lift * Math.sin(flare) - py * 0.12;
        out.u = 0.62 + 0.3 * bell(r, 0.9, 0.2);
        out.v = 0;
        // Deep parts see less of the room.
        out.w = clamp(
          0.92 -
            0.75 * blob(backward * r + 0.3, up * r + 0.1, 0.34, 0.34) -
            0.5 * bell(r, 0.69, 0.1),
          0.15,
          1,
        );
      },
    });
  });
}

/** Neck and shoulders; the neck's upper end follows the head. */
export function bodyMeshes(person: Person, detail: number): Mesh[] {
  const m = person.masculinity;
  const neckWidth = 4.5 + m * 1.0 + person.traits.faceWidth * 0.2 + person.traits.weight * 0.45;
  const neckColumns = Math.round(44 * detail);
  const neckRows = Math.round(24 * detail);
  const neck = buildMesh({
    material: "skin",
    closed: true,
    columns: neckColumns,
    rows: neckRows,
    at(column, row, out) {
      const phi = mix(-Math.PI, Math.PI, column / (neckColumns - 1));
      const down = row / (neckRows - 1);
      const y = mix(-4, -17.2, down);
      const grow = 1 + 0.75 * smoothstep(0.6, 1.05, down) + 0.06 * smoothstep(0.4, 0, down);
      const muscle = 0.25 * blob(Math.abs(Math.sin(phi)) - 0.62, down - 0.6, 0.16, 0.4);
      const apple = m * 0.4 * blob(Math.sin(phi), y + 13.4, 0.15, 0.8);
      out.x = Math.sin(phi) * (neckWidth * grow + muscle);
      out.y = y;
      out.z =
        -2.6 -
        down * 0.9 +
        Math.cos(phi) * (neckWidth * 0.98 * (1 + 0.15 * (grow - 1))) +
        (Math.cos(phi) > 0 ? muscle + apple : 0);
      out.u = 0.15;
      out.v = 0;
      out.w = mix(0.3, 1, smoothstep(-9, -15.5, y));
      out.headShare = smoothstep(-18, -7, y);
    },
  });
  const half = curve([
    [0, 5.6],
    [0.08, 8.2],
    [0.2, 11.6 + m],
    [0.36, 15.6 + m * 2.4],
    [0.5, 17.6 + m * 3],
    [1, 19 + m * 3.4],
  ]);
  const drop = curve([
    [0, -14.4],
    [0.08, -15.3],
    [0.2, -16.3 - (1 - m) * 0.5],
    [0.36, -17.7 - (1 - m)],
    [0.5, -20],
    [1, -34],
  ]);
  const depth = curve([
    [0, 6.3],
    [0.2, 8],
    [0.5, 9],
    [1, 10.5],
  ]);
  const columns = Math.round(56 * detail);
  const rows = Math.round(32 * detail);
  const shoulders = buildMesh({
    material: "cloth",
    closed: true,
    columns,
    rows,
    at(column, row, out) {
      const phi = mix(-Math.PI, Math.PI, column / (columns - 1));
      const s = row / (rows - 1);
      const front = Math.max(0, Math.cos(phi));
      out.x = Math.sin(phi) * half(s);
      // The neckline dips in front.
      out.y = drop(s) - front ** 3 * 2.6 * (1 - s) ** 2;
      out.z = -3.4 + Math.cos(phi) * depth(s) + front * 1.2 * s;
      out.u = phi;
      out.v = s;
      out.w = 0.55 + 0.45 * smoothstep(0, 0.22, s);
      out.headShare = 0;
    },
  });
  return [neck, shoulders];
}

import type { Capture, HairStyle } from "../people/capture.ts";
import type { Person } from "../people/person.ts";
import { bell, blob, clamp, curve, mix, smoothstep } from "../render/math.ts";
import { buildMesh, type Mesh } from "../render/mesh.ts";
import type { Noise } from "../render/noise.ts";
import type { HeadShape } from "./head-shape.ts";

const degree = Math.PI / 180;

interface Cut {
  /** Thickness over the crown, in centimetres. */
  readonly volume: number;
  /** Extra thickness at the front. */
  readonly front: number;
  readonly fringeY?: number;
  /** Where hanging hair ends, in centimetres under the eyes. */
  readonly hangsTo?: number;
}

const cuts: Record<HairStyle, Cut> = {
  shaved: { volume: 0.1, front: 0 },
  short: { volume: 0.95, front: 0.35 },
  sidePart: { volume: 1.35, front: 0.7 },
  fringe: { volume: 1.35, front: 0.1, fringeY: 3.5 },
  bun: { volume: 0.5, front: 0.1 },
  bob: { volume: 1.15, front: 0.2, hangsTo: -11 },
  long: { volume: 1.05, front: 0.25, hangsTo: -23 },
};

/** Head hair of one picture: a cap over the skull and, for some cuts, hanging hair or a bun. */
export function hairMeshes(person: Person, capture: Capture, shape: HeadShape, noise: Noise): Mesh[] {
  const cut = cuts[capture.hair];
  const meshes = [capMesh(person, cut, capture.hair, shape, noise)];
  if (cut.hangsTo !== undefined) meshes.push(hangingMesh(person, cut, cut.hangsTo, shape, noise));
  if (capture.hair === "bun") meshes.push(bunMesh(person, noise));
  return meshes;
}

/** Height of the hairline by angle round the head, in radians from the front. */
export function hairEdge(person: Person, style: HairStyle, line: number): (angle: number) => number {
  const bald = person.hairRecession;
  const { fringeY } = cuts[style];
  const front: readonly (readonly [number, number])[] =
    fringeY !== undefined
      ? [[0, fringeY], [20, fringeY], [36, fringeY], [50, fringeY - 0.3]]
      : style === "long" || style === "bob"
        ? [[0, line + 0.8], [14, line + 0.1], [32, line - 1.6], [46, line - 3.4]]
        : [[0, line + bald * 4], [20, line + 0.05 + bald * 4], [36, line + 0.1 + bald * 5], [50, line - 1.1 + bald * 4.5]];
  const byDegree = curve([
    ...front, [60, 3.6 + bald * 1.5], [68, 1.9], [76, -0.2], [83, -1.9], [89, -1.4], [96, 0.6], [106, -1.4], [122, -5.2], [142, -6.6], [180, -6.9],
  ]);
  return (angle) => byDegree(angle / degree);
}

function capMesh(person: Person, cut: Cut, style: HairStyle, shape: HeadShape, noise: Noise): Mesh {
  const parted = style === "long" || style === "bob";
  const edge = hairEdge(person, style, shape.landmarks.hairlineY);
  const columns = 120;
  const rows = 64;
  const point = new Float32Array(3);
  return buildMesh({
    material: "hair",
    columns,
    rows,
    at(column, row, out) {
      const phi = mix(-Math.PI, Math.PI, column / (columns - 1));
      const down = row / (rows - 1);
      const y = down < 0.35 ? mix(7, shape.top, Math.cos((down / 0.35) * Math.PI * 0.5) ** 0.75) : mix(7, -7.4, (down - 0.35) / 0.65);
      shape.point(phi, y, point);
      const wave = noise.cloud(phi * 5, y * 0.9) * 0.25 * (1 - person.hairCurl);
      const hairline = edge(Math.abs(phi)) + noise.at(phi * 14, 2) * 0.22;
      const over = y - hairline;
      const top = smoothstep(2, 8.5, y);
      const facing = clamp(Math.cos(phi), 0, 1);
      let thick = cut.volume * mix(0.42, 1, top) * smoothstep(-0.3, 2.2, over) + cut.front * facing * top;
      if (style === "sidePart") {
        const x = point[0] ?? 0;
        thick += 0.55 * smoothstep(-3, 2, x) * facing * top - 0.7 * bell(x, -3.2, 0.5) * top * smoothstep(-0.4, 0.3, Math.cos(phi));
      }
      if (parted) thick -= 0.45 * bell(point[0] ?? 0, 0.4, 0.45) * smoothstep(5, 8, y) * smoothstep(-0.3, 0.4, Math.cos(phi));
      const curls = person.hairCurl * cut.volume * 0.45;
      thick += wave * cut.volume * 0.6 + curls * (0.6 + noise.cloud(phi * 9, y * 1.5));
      const grow = Math.max(0.03, thick);
      const nx = Math.sin(phi);
      const ny = smoothstep(3, 11.5, y);
      const flat = Math.sqrt(1 - ny * ny * 0.85);
      out.x = (point[0] ?? 0) + nx * flat * grow;
      out.y = y + ny * grow * 0.95;
      out.z = (point[2] ?? 0) + Math.cos(phi) * flat * grow;
      // Strands start at the parting; without one they run down from the crown.
      const swept = smoothstep(0.1, 0.6, Math.cos(phi));
      const from = style === "sidePart" ? -3.2 : 0;
      const sweep = Math.atan2(out.y - 14 + (style === "sidePart" ? 4 : 0), Math.abs(out.x - from) + 1.2);
      out.u = parted || style === "sidePart" ? mix(phi, sweep * 1.4 + (out.x > from ? 4 : 0), swept) : phi;
      out.v = y;
      out.w = over + (style === "shaved" ? -0.2 : 0.1);
    },
  });
}

function hangingMesh(person: Person, cut: Cut, hangsTo: number, shape: HeadShape, noise: Noise): Mesh {
  const columns = 96;
  const rows = 60;
  const point = new Float32Array(3);
  const sideAngle = 52 * degree;
  return buildMesh({
    material: "hair",
    columns,
    rows,
    at(column, row, out) {
      const y = mix(8, hangsTo, row / (rows - 1));
      // Under the chin it comes forward, past the neck and over the shoulders.
      const from = sideAngle - 0.36 * smoothstep(-7, -15, y);
      const phi = mix(from, Math.PI * 2 - from, column / (columns - 1));
      shape.point(phi > Math.PI ? phi - Math.PI * 2 : phi, Math.max(y, 0), point);
      const s = Math.sin(phi);
      const c = Math.cos(phi);
      const thick = cut.volume * 0.75 + 0.25;
      const hang = smoothstep(2.5, -3.5, y);
      const swing = noise.at(phi * 2.5, y * 0.16) * 0.7 * hang + person.hairCurl * noise.cloud(phi * 6, y * 0.5) * 1.2;
      const out1 = 8.3 + cut.volume * 0.35 + smoothstep(-6, -20, y) * 1.6 - smoothstep(-1, -9, y) * 0.5;
      const hx = s * (out1 + swing);
      const hz = -1.2 + c * (c > 0 ? 6.4 : 8.6) + swing * 0.5 + smoothstep(-8, -20, y) * (c > 0 ? 3.4 : -0.5);
      out.x = mix((point[0] ?? 0) + s * thick, hx, hang);
      out.y = y;
      out.z = mix((point[2] ?? 0) + c * thick, hz, hang);
      out.u = phi + 11;
      out.v = y;
      const side = Math.min(phi - from, Math.PI * 2 - from - phi) * 7;
      const tips = (y - hangsTo) * 1.4 - 0.4 + noise.at(phi * 9, 5) * 0.8;
      out.w = Math.min(side * 1.6 - 0.1, tips, (7.6 - y) * 2);
      out.headShare = smoothstep(-22, -6, y);
    },
  });
}

function bunMesh(person: Person, noise: Noise): Mesh {
  const size = 3.1 + person.hairCurl;
  return buildMesh({
    material: "hair",
    columns: 40,
    rows: 24,
    outwardFrom: [0, 10.6, -6.4],
    at(column, row, out) {
      const around = (column / 39) * Math.PI * 2;
      const down = (row / 23) * Math.PI;
      const r = size * (1 + 0.05 * Math.sin(around * 3 + down * 4) + 0.06 * noise.at(around * 3, down * 3) + person.hairCurl * 0.15 * noise.cloud(around * 4, down * 4));
      out.x = Math.sin(around) * Math.sin(down) * r;
      out.y = 10.6 + Math.cos(down) * r * 0.85;
      out.z = -6.4 + Math.cos(around) * Math.sin(down) * r;
      out.u = around + down * 0.8;
      out.v = down * 4;
      out.w = 3;
    },
  });
}

/** A headscarf: over hair, ears and neck, open for the face, falling on the shoulders. */
export function scarfMesh(shape: HeadShape, noise: Noise): Mesh {
  const chin = shape.landmarks.chinY;
  const columns = 132;
  const rows = 92;
  const point = new Float32Array(3);
  const half = curve([[3, 8.1], [0, 8.0], [-4, 7.7], [-8, 7.3], [chin - 0.5, 7.2], [-14.5, 8.6], [-18, 12.6], [-22, 17.5], [-26, 20]]);
  const front = curve([[3, 8.6], [0, 8], [-4, 7.6], [-8, 7.6], [chin - 0.4, 7.9], [-14.5, 6.6], [-18, 7.4], [-22, 8.8], [-26, 9.6]]);
  return buildMesh({
    material: "scarf",
    columns,
    rows,
    at(column, row, out) {
      const phi = mix(-Math.PI, Math.PI, column / (columns - 1));
      const down = row / (rows - 1);
      const y = down < 0.22 ? mix(6.5, shape.top, Math.cos((down / 0.22) * Math.PI * 0.5) ** 0.75) : mix(6.5, -26, (down - 0.22) / 0.78);
      const s = Math.sin(phi);
      const c = Math.cos(phi);
      shape.point(phi, Math.max(y, -1), point);
      const grow = 0.75 + 0.3 * smoothstep(0, 9, y) + 0.12 * Math.sin(phi * 3 + y * 0.8);
      const ny = smoothstep(4, 11.5, y);
      const hang = smoothstep(3, -2, y);
      const folds = (noise.cloud(phi * 2.2 + y * 0.1, y * 0.22) * 0.9 + Math.sin(y * 1.1 + Math.abs(phi) * 5 + noise.at(phi * 2, y * 0.2) * 2) * 0.16) * smoothstep(4, -9, y);
      out.x = mix((point[0] ?? 0) + s * grow, s * (half(y) + folds), hang);
      out.y = y + ny * grow;
      out.z = mix((point[2] ?? 0) + c * grow * (1 - ny * 0.6), -0.8 + c * (c > 0 ? front(y) + 0.8 + folds : 9 + smoothstep(-10, -26, y) * 3), hang);
      out.u = phi;
      out.v = y;
      const middleY = (chin - 0.2 + 5.9) / 2;
      const oval = Math.hypot(out.x / 6.3, (y - middleY) / ((5.9 - chin + 0.2) / 2));
      // `w` above 0 is cloth; the face's opening is below it.
      out.w = c > 0.05 ? (oval - 1) * 5 : 3;
      out.headShare = smoothstep(-20, -9, y);
    },
  });
}

/** Spectacles as thin rings in front of the eyes, with bars to the ears. */
export function glassesMeshes(capture: Capture, shape: HeadShape): Mesh[] {
  if (capture.glasses === "none") return [];
  const l = shape.landmarks;
  const power = capture.glasses === "round" ? 2 : 3.6;
  const [rx, ry] = capture.glasses === "round" ? [2.35, 2.2] : [2.6, 1.75];
  const thickness = capture.glasses === "rimless" ? 0.05 : 0.17;
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
    meshes.push(tube(Array.from({ length: 12 }, (_, i) => [mix(outer, side * (shape.halfWidth(0) + 0.25), (i / 11) ** 0.35), mix(0.6, 1, i / 11), mix(wrap(outer), -1, i / 11)] as const), Math.max(0.1, thickness)));
  }
  const inner = l.eyeX + 0.1 - rx;
  meshes.push(tube(Array.from({ length: 9 }, (_, i) => [mix(-inner, inner, i / 8), 0.25 + 0.35 * blob(i - 4, 0, 2.4, 1), z + 0.05] as const), Math.max(0.09, thickness * 0.9)));
  return meshes;
}

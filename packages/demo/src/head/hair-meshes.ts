import type { Capture, HairStyle } from "../people/capture.ts";
import type { Person } from "../people/person.ts";
import { bell, clamp, curve, mix, smoothstep } from "../render/math.ts";
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

export interface HairOptions {
  readonly person: Person;
  readonly capture: Capture;
  readonly shape: HeadShape;
  readonly noise: Noise;
  /** Fineness: 0.85 suits a clip, 1.5 a picture. */
  readonly detail: number;
}

/** Head hair of one picture: a cap over the skull and, for some cuts, hanging hair or a bun. */
export function hairMeshes(options: HairOptions): Mesh[] {
  const style = options.capture.hair;
  const meshes = [capMesh(options)];
  const { hangsTo } = cuts[style];
  if (hangsTo !== undefined) meshes.push(hangingMesh(options, hangsTo));
  if (style === "bun") meshes.push(bunMesh(options.person, options.noise));
  return meshes;
}

/** Height of the hairline by angle round the head, in radians from the front. */
export function hairEdge(
  person: Person,
  style: HairStyle,
  line: number,
): (angle: number) => number {
  const bald = person.hairRecession;
  const { fringeY } = cuts[style];
  const front: readonly (readonly [number, number])[] =
    fringeY !== undefined
      ? [
          [0, fringeY],
          [20, fringeY],
          [36, fringeY],
          [50, fringeY - 0.3],
        ]
      : style === "long" || style === "bob"
        ? [
            [0, line + 0.8],
            [14, line + 0.1],
            [32, line - 1.6],
            [46, line - 3.4],
          ]
        : [
            [0, line + bald * 4],
            [20, line + 0.05 + bald * 4],
            [36, line + 0.1 + bald * 5],
            [50, line - 1.1 + bald * 4.5],
          ];
  const byDegree = curve([
    ...front,
    [60, 3.6 + bald * 1.5],
    [68, 1.9],
    [76, -0.2],
    [83, -1.9],
    [89, -1.4],
    [96, 0.6],
    [106, -1.4],
    [122, -5.2],
    [142, -6.6],
    [180, -6.9],
  ]);
  return (angle) => byDegree(angle / degree);
}

function capMesh({ person, capture, shape, noise, detail }: HairOptions): Mesh {
  const style = capture.hair;
  const cut = cuts[style];
  const parted = style === "long" || style === "bob";
  const edge = hairEdge(person, style, shape.landmarks.hairlineY);
  const columns = Math.round(84 * detail);
  const rows = Math.round(46 * detail);
  const point = new Float32Array(3);
  return buildMesh({
    material: "hair",
    closed: true,
    columns,
    rows,
    at(column, row, out) {
      const phi = mix(-Math.PI, Math.PI, column / (columns - 1));
      const down = row / (rows - 1);
      const y =
        down < 0.35
          ? mix(7, shape.top, Math.cos((down / 0.35) * Math.PI * 0.5) ** 0.75)
          : mix(7, -7.4, (down - 0.35) / 0.65);
      shape.point(phi, y, point);
      const wave = noise.cloud(phi * 5, y * 0.9) * 0.25 * (1 - person.hairCurl);
      const hairline = edge(Math.abs(phi)) + noise.at(phi * 14, 2) * 0.22;
      const over = y - hairline;
      const top = smoothstep(2, 8.5, y);
      const facing = clamp(Math.cos(phi), 0, 1);
      let thick =
        cut.volume * mix(0.42, 1, top) * smoothstep(-0.3, 2.2, over) + cut.front * facing * top;
      if (style === "sidePart") {
        const x = point[0] ?? 0;
        thick +=
          0.55 * smoothstep(-3, 2, x) * facing * top -
          0.7 * bell(x, -3.2, 0.5) * top * smoothstep(-0.4, 0.3, Math.cos(phi));
      }
      if (parted)
        thick -=
          0.45 *
          bell(point[0] ?? 0, 0.4, 0.45) *
          smoothstep(5, 8, y) *
          smoothstep(-0.3, 0.4, Math.cos(phi));
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
      const sweep = Math.atan2(
        out.y - 14 + (style === "sidePart" ? 4 : 0),
        Math.abs(out.x - from) + 1.2,
      );
      out.u =
        parted || style === "sidePart"
          ? mix(phi, sweep * 1.4 + (out.x > from ? 4 : 0), swept)
          : phi;
      out.v = y;
      out.w = over + (style === "shaved" ? -0.2 : 0.1);
    },
  });
}

function hangingMesh(options: HairOptions, hangsTo: number): Mesh {
  const { person, capture, shape, noise, detail } = options;
  const cut = cuts[capture.hair];
  const columns = Math.round(66 * detail);
  const rows = Math.round(42 * detail);
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
      const swing =
        noise.at(phi * 2.5, y * 0.16) * 0.7 * hang +
        person.hairCurl * noise.cloud(phi * 6, y * 0.5) * 1.2;
      const out1 =
        8.3 + cut.volume * 0.35 + smoothstep(-6, -20, y) * 1.6 - smoothstep(-1, -9, y) * 0.5;
      const hx = s * (out1 + swing);
      const hz =
        -1.2 +
        c * (c > 0 ? 6.4 : 8.6) +
        swing * 0.5 +
        smoothstep(-8, -20, y) * (c > 0 ? 3.4 : -0.5);
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
      const r =
        size *
        (1 +
          0.05 * Math.sin(around * 3 + down * 4) +
          0.06 * noise.at(around * 3, down * 3) +
          person.hairCurl * 0.15 * noise.cloud(around * 4, down * 4));
      out.x = Math.sin(around) * Math.sin(down) * r;
      out.y = 10.6 + Math.cos(down) * r * 0.85;
      out.z = -6.4 + Math.cos(around) * Math.sin(down) * r;
      out.u = around + down * 0.8;
      out.v = down * 4;
      out.w = 3;
    },
  });
}

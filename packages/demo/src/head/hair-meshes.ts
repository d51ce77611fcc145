import type { Capture } from "../people/capture.ts";
import type { Person } from "../people/person.ts";
import { bell, clamp, mix, smoothstep } from "../render/math.ts";
import { buildMesh, type Mesh } from "../render/mesh.ts";
import type { Noise } from "../render/noise.ts";
import { cuts, hairEdge } from "./hair-cuts.ts";
import type { HeadShape } from "./head-shape.ts";

const degree = Math.PI / 180;

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

function capMesh({ person, capture, shape, noise, detail }: HairOptions): Mesh {
  const cut = cuts[capture.hair];
  const curl = hairCurl(person, capture);
  const edge = hairEdge(person, capture.hair, shape.landmarks.hairlineY);
  const columns = Math.round(84 * detail);
  const rows = Math.round(46 * detail);
  const point = new Float32Array(3);
  const { parting } = cut;
  const swept = capture.hair === "sweptBack";
  const round = capture.hair === "afro";
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
      const x = point[0] ?? 0;
      const wave = noise.cloud(phi * 5, y * 0.9) * 0.25 * (1 - curl) * (1 + cut.waves);
      const hairline = edge(phi) + noise.at(phi * 14, 2) * 0.22;
      const over = y - hairline;
      const top = smoothstep(2, 8.5, y);
      const facing = clamp(Math.cos(phi), 0, 1);
      let thick =
        cut.volume * mix(cut.sides, 1, top) * smoothstep(-0.3, round ? 4 : 2.2, over) +
        cut.front * facing * top;
      if (parting !== undefined) {
        // The hair rises away from its parting, which is a groove.
        const away = Math.abs(parting) > 1 ? -Math.sign(parting) : 0;
        thick +=
          0.5 * smoothstep(-3, 2, x * away) * facing * top * Math.abs(away) -
          0.55 *
            bell(x, parting, 0.45) *
            smoothstep(4.5, 7.5, y) *
            smoothstep(-0.3, 0.4, Math.cos(phi));
      }
      const curls = curl * cut.volume * 0.4;
      thick += wave * cut.volume * 0.6 + curls * (0.6 + noise.cloud(phi * 9, y * 1.5));
      const grow = Math.max(0.03, thick);
      const nx = Math.sin(phi);
      const ny = smoothstep(3, 11.5, y);
      const flat = Math.sqrt(1 - ny * ny * 0.85);
      out.x = x + nx * flat * grow;
      out.y = y + ny * grow * 0.95;
      out.z = (point[2] ?? 0) + Math.cos(phi) * flat * grow;
      // Strands start at the parting; without one they run down from the crown, or straight back.
      const front = smoothstep(0.1, 0.6, Math.cos(phi));
      if (swept) out.u = mix(phi, out.x * 0.17, front);
      else if (parting === undefined) out.u = phi;
      else {
        const sweep = Math.atan2(
          out.y - 14 + (Math.abs(parting) > 1 ? 4 : 0),
          Math.abs(out.x - parting) + 1.2,
        );
        out.u = mix(phi, sweep * 1.4 + (out.x > parting ? 4 : 0), front);
      }
      out.v = y;
      out.w = over + (capture.hair === "shaved" ? -0.2 : 0.1);
    },
  });
}

/** An afro is curled through and through; other cuts show what the person has. */
export const hairCurl = (person: Person, capture: Capture): number =>
  capture.hair === "afro" ? Math.max(0.9, person.hairCurl) : person.hairCurl;

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
        cut.waves * Math.sin(y * 0.85 + noise.at(phi * 3, 4) * 3) * 0.45 * hang +
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
  const size = 2.9 + person.hairCurl;
  return buildMesh({
    material: "hair",
    columns: 40,
    rows: 24,
    outwardFrom: [0, 12.4, -3.4],
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
      out.y = 12.4 + Math.cos(down) * r * 0.85;
      out.z = -3.4 + Math.cos(around) * Math.sin(down) * r;
      out.u = around + down * 0.8;
      out.v = down * 4;
      out.w = 3;
    },
  });
}
